import { readFile, realpath } from 'node:fs/promises';
import { pathToFileURL, fileURLToPath } from 'node:url';

/** What the file rules need of the disk. Paths are URI paths, as in `FileRef`. */
export interface FileAccess {
  /** Text of a small file, UTF-8; undefined when there is no such file. Throws when it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** The path with every symlink on it resolved; undefined when there is no such file. Throws on a loop. */
  realPath(path: string): Promise<string | undefined>;
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);

async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.has(String(error.code))) return undefined;
    throw error;
  }
}

/** Where names are joined by slashes and drives have no letters, the two are the same. */
const SAME = process.platform !== 'win32';

/** A URI path as this machine's file system spells it, and back. */
function toDisk(path: string): string {
  if (SAME) return path;
  const url = new URL('file:///');
  // The setter would take `?` and `#` for themselves and leaves `%` alone; names may hold all three.
  url.pathname = path.split('/').map(encodeURIComponent).join('/');
  return fileURLToPath(url);
}

function fromDisk(path: string): string {
  if (SAME) return path;
  return decodeURIComponent(pathToFileURL(path).pathname);
}

/** This machine's own disk. */
export const diskAccess: FileAccess = {
  readText: (path) => unlessAbsent(readFile(toDisk(path), 'utf8')),
  realPath: async (path) => {
    const real = await unlessAbsent(realpath(toDisk(path)));
    return real === undefined ? undefined : fromDisk(real);
  },
};
