import { inFolder, type LedgerFs } from './ledger-fs';
import { isRunning } from './session';

const LOCK_FILE = 'rollup.lock';
/** No holder needs this long: one that does is stopped in a debugger, or its process id was given to another. */
const STALE_MS = 10 * 60_000;

/** Locks whose work runs in this process. A lock of ours that is not among them could not be removed when its work ended. */
const held = new Set<string>();

/**
 * Runs `work` unless another window of this user is at it; `undefined` then. The lock keeps windows from doing the
 * same work twice; nothing breaks if two get it after all, because the rollup is replaced whole and each version of
 * it is right by itself.
 */
export async function withFolderLock<T>(
  fs: LedgerFs,
  folder: string,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | undefined> {
  const path = inFolder(folder, LOCK_FILE);
  if (!(await fs.createExclusive(path, String(process.pid)))) {
    if (!(await isStale(fs, path))) return undefined;
    await fs.remove(path);
    if (!(await fs.createExclusive(path, String(process.pid)))) return undefined;
  }
  held.add(path);
  try {
    return { done: await work() };
  } finally {
    held.delete(path);
    // Where the disk is read-only just now, the lock stays for a while: `isStale` knows it as ours.
    await fs.remove(path).catch(() => undefined);
  }
}

async function isStale(fs: LedgerFs, path: string): Promise<boolean> {
  const found = await fs.stat(path);
  if (found === undefined) return true;
  const text = Buffer.from((await fs.read(path, 0, 64)) ?? []).toString('utf8');
  const pid = Number(/^\d+/.exec(text)?.[0]);
  // An empty lock is one whose holder was killed between making and filling it, or is about to fill it.
  const holderGone = Number.isInteger(pid) && pid > 0 && !isRunning(pid);
  const leftByUs = pid === process.pid && !held.has(path);
  return holderGone || leftByUs || Math.abs(found.ageMs) > STALE_MS;
}
