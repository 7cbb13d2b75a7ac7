import { open, readFile, rm } from 'node:fs/promises';
import { DownloadError } from './download-error';

/** Keeps two windows from writing one file. Returns what gives the lock back. Throws `DownloadError`. */
export async function lockDownload(file: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = await open(file, 'wx');
      await handle.write(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (await isHeld(file)) break;
      // Whoever held it is gone.
      await rm(file, { force: true });
    }
  }
  throw new DownloadError('busy', 'Another window is downloading this model already.');
}

async function isHeld(file: string): Promise<boolean> {
  const holder = Number(await readFile(file, 'utf8').catch(() => ''));
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
