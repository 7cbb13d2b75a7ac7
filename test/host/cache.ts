import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/** The project's folder in the user's cache; `SWITCHYARD_CACHE` names another. Clones share it. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const set = env['SWITCHYARD_CACHE'];
  if (set) return path.resolve(set);
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'switchyard');
  if (process.platform === 'win32') {
    return path.join(env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local'), 'switchyard', 'Cache');
  }
  return path.join(env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'switchyard');
}

/**
 * Gives `<cache>/<name>`, filled by `fill` if it is not there yet. Filling happens in a folder beside it that
 * is renamed when complete: a folder that exists is whole, and two clones may do this at once.
 *
 * @param name carries the version of what is inside, so that a new version is a new folder
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const final = path.join(cacheFolder(), name);
  if (existsSync(final)) return final;
  const draft = `${final}.${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(draft, { recursive: true });
  // Ctrl-C in the middle would leave hundreds of megabytes that nobody ever looks at again.
  const sweep = (): void => rmSync(draft, { recursive: true, force: true });
  process.once('exit', sweep);
  try {
    await fill(draft);
    await rename(draft, final);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Somebody else was first: theirs is as good.
    if (!existsSync(final)) throw error;
  } finally {
    process.off('exit', sweep);
  }
  return final;
}
