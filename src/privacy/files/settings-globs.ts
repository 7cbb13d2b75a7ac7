import { matcherOf } from './ignore-patterns';
import { normalisePath, relativeTo } from './paths';

/** More alternatives than anybody writes by hand. */
const MOST_PATTERNS = 100;

/**
 * `a.{ts,js}` as the patterns it stands for; settings elsewhere in VS Code take braces, so these do as well. Beyond a
 * hundred, all below the last plain folder is meant: an exclusion may grow too wide, never too narrow.
 */
export function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const parts = firstGroup(next);
    if (parts === undefined) done.push(next);
    else open.push(...parts);
    if (open.length + done.length > MOST_PATTERNS) return widened(pattern);
  }
  return done;
}

/** The pattern once for each alternative of its first group; undefined where it has none. */
function firstGroup(pattern: string): string[] | undefined {
  const open = pattern.indexOf('{');
  if (open < 0) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    if (depth > 0 && !(char === ',' && depth === 1)) continue;
    parts.push(pattern.slice(from, i));
    from = i + 1;
    if (depth === 0) return parts.map((part) => pattern.slice(0, open) + part + pattern.slice(i + 1));
  }
  return undefined;
}

function widened(pattern: string): string[] {
  // What a negation would take back, it takes back no more.
  if (pattern.startsWith('!')) return [];
  return [`${pattern.slice(0, pattern.lastIndexOf('/', pattern.indexOf('{')) + 1)}**`];
}

/**
 * Folders and globs from settings, as in a `.gitignore` at the top of each workspace folder; a leading `/`, `~/`
 * or drive also names a folder or file anywhere on the machine. Case never matters: an exclusion that a capital
 * letter defeats is none.
 */
export function settingsMatcher(
  globs: readonly string[],
  home: string | undefined,
): (path: string, fromRoot: string | undefined) => boolean {
  const patterns: string[] = [];
  const places: string[] = [];
  for (const glob of globs
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.startsWith('#'))) {
    const slashed = /^[A-Za-z]:\\|^\\\\/.test(glob) ? glob.replaceAll('\\', '/') : glob;
    if (slashed.startsWith('~/') && home !== undefined)
      places.push(normalisePath(`${home}/${slashed.slice(2)}`));
    else if (/^[A-Za-z]:\//.test(slashed)) places.push(normalisePath(`/${slashed}`));
    else {
      if (slashed.startsWith('/')) places.push(normalisePath(slashed));
      patterns.push(...expandBraces(slashed));
    }
  }
  const matcher = matcherOf(patterns, true);
  return (path, fromRoot) =>
    (fromRoot !== undefined && fromRoot !== '' && matcher.ignores(fromRoot)) ||
    places.some((place) => place !== '/' && relativeTo(place, path, true) !== undefined);
}
