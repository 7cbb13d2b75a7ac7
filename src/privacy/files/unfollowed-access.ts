import type { FileAccess } from './file-access';
import { foldersBetween, normalisePath, relativeTo } from './paths';

/** A file system that tells a link from a file, but not where the link leads. Paths are URI paths. */
export interface UnfollowedFiles {
  /** Undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  /** Undefined when there is no such file or folder. */
  isLink(path: string): Promise<boolean | undefined>;
}

/**
 * Access where links cannot be followed: a path with a link anywhere on it, below the workspace folder, counts as
 * leading out. What lies above was chosen by opening the folder. `roots`: the workspace folders' URI paths.
 */
export function unfollowedAccess(files: UnfollowedFiles, roots: () => readonly string[]): FileAccess {
  return {
    readText: (path) => files.readText(path),
    async realPath(path) {
      const links = await Promise.all(stepsTo(path, roots()).map((step) => files.isLink(step)));
      if (links.includes(true)) throw new Error('where a link leads is not known here');
      return links.at(-1) === undefined ? undefined : path;
    },
  };
}

/** Each folder on the way from the outermost workspace folder that holds the path, and the path itself. */
function stepsTo(written: string, roots: readonly string[]): string[] {
  const path = normalisePath(written);
  const root = roots
    .map(normalisePath)
    .filter((folder) => relativeTo(folder, path, false) !== undefined)
    .sort((a, b) => a.length - b.length)[0];
  return root === undefined || root === path ? [path] : foldersBetween(root, path).slice(1);
}
