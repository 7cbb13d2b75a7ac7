/** Helpers on URI paths: absolute, '/' between names. */

/** Resolves `.`, `..` and doubled slashes; lower-cases a drive letter. Keeps the `//` of a network share. */
export function normalisePath(path: string): string {
  const share = path.startsWith('//') ? '/' : '';
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') names.pop();
    else names.push(name);
  }
  const first = names[0];
  if (first !== undefined && /^[A-Z]:$/.test(first)) names[0] = first.toLowerCase();
  return `${share}/${names.join('/')}`;
}

/** `path` relative to `folder`; `''` for the folder itself; undefined when it lies outside. Both normalised. */
export function relativeTo(folder: string, path: string, ignoreCase: boolean): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  if (fold(path) === fold(folder)) return '';
  // Folding may change a string's length in rare scripts, so the cut is made on the unfolded one by names.
  if (!fold(path).startsWith(fold(prefix))) return undefined;
  const depth = prefix.split('/').length - 1;
  return path.split('/').slice(depth).join('/');
}

export function parentOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** All folders from `top` down to `folder`, both included; `folder` must lie in `top`. */
export function foldersBetween(top: string, folder: string): string[] {
  const folders = [folder];
  let at = folder;
  while (at.length > top.length && at !== '/') {
    at = parentOf(at);
    folders.push(at);
  }
  return folders.reverse();
}

// Zero-width and direction characters that file systems of old (HFS+) skip when comparing, and eyes always.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/**
 * One name as the strictest file system would compare it: case and Unicode forms folded, invisible characters,
 * trailing dots and spaces and alternate data streams (`.env::$DATA`) removed.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/(?<=.):.*$/su, '')
    .replace(/[. ]+$/u, '')
    .toLowerCase();
}
