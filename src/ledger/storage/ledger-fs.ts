import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file open for adding to its end. */
export interface AppendFile {
  /** Adds all bytes; when it fails, some of them may have been written. */
  write(bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Waits until the disk itself has what was written. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface FileStat {
  readonly size: number;
  /** Since it was last written, by the clock that stamps files, in ms. */
  readonly ageMs: number;
  /** Changes when the file is replaced by another of the same name. */
  readonly identity: string;
}

/** What the ledger needs of a file system; a dependency so that tests can fill the disk. Paths are absolute. */
export interface LedgerFs {
  makeFolder(path: string): Promise<void>;
  /** Names in a folder; empty where there is no folder. */
  list(folder: string): Promise<string[]>;
  stat(path: string): Promise<FileStat | undefined>;
  /** Up to `length` bytes from `from`; undefined where the file is gone. */
  read(path: string, from: number, length: number): Promise<Uint8Array | undefined>;
  openAppend(path: string): Promise<AppendFile>;
  truncate(path: string, size: number): Promise<void>;
  /** Puts `text` in the place of a file, whole or not at all, keeping the old one as `backup` where that is named. */
  replace(path: string, text: string, backup?: string): Promise<void>;
  /** False where the file is there already. */
  createExclusive(path: string, text: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  /** Does nothing where the file is gone. */
  remove(path: string): Promise<void>;
  /** Calls `changed` when something in the folder may have changed; may miss changes. Returns how to stop. */
  watch(folder: string, changed: () => void): () => void;
}

/** The `code` of a file system error (`ENOENT`, `ENOSPC`, …). */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/** Turns "no such file" into undefined; every other error stays one. */
async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readRange(path: string, from: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(buffer, filled, length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

async function replaceFile(path: string, text: string, backup?: string): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const file = await open(fresh, 'w');
    try {
      await file.writeFile(text);
      // Without this, a power cut can leave the new name on an empty file.
      await file.sync();
    } finally {
      await file.close();
    }
    if (backup !== undefined) await unlessGone(copyFile(path, backup));
    await renameOver(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/** On Windows a file that somebody is reading cannot be replaced for that moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (tries === 5 || !['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * tries));
    }
  }
}

/** The real file system. */
export const nodeLedgerFs: LedgerFs = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true });
  },
  async list(folder) {
    return (await unlessGone(readdir(folder))) ?? [];
  },
  async stat(path) {
    const found = await unlessGone(stat(path));
    if (found === undefined) return undefined;
    return {
      size: found.size,
      ageMs: Date.now() - found.mtimeMs,
      identity: `${found.ino}/${found.mtimeMs}/${found.size}`,
    };
  },
  read: (path, from, length) => unlessGone(readRange(path, from, length)),
  async openAppend(path) {
    const file = await open(path, 'a');
    return {
      async write(bytes) {
        let written = 0;
        while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
      },
      truncate: (size) => file.truncate(size),
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
  async truncate(path, size) {
    const file = await open(path, 'r+');
    try {
      await file.truncate(size);
    } finally {
      await file.close();
    }
  },
  replace: replaceFile,
  async createExclusive(path, text) {
    try {
      await writeFile(path, text, { flag: 'wx' });
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  },
  rename: renameOver,
  remove: (path) => rm(path, { force: true, recursive: true }),
  watch(folder, changed) {
    try {
      const watcher = watch(folder, { persistent: false }, changed);
      // Polling goes on beside it; a watcher that fails only makes other windows' entries show up later.
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    } catch {
      return () => undefined;
    }
  },
};

export const inFolder = (folder: string, name: string): string => join(folder, name);
