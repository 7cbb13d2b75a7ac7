import { matcherOf } from './ignore-patterns';
import { normalisePath, relativeTo } from './paths';

/** `a.{ts,js}` as the patterns it stands for; settings elsewhere in VS Code take braces, so these do as well. */
export function expandBraces(pattern: string): string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  const parts: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let i = open; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    const ends = depth === 0;
    if (ends || (char === ',' && depth === 1)) {
      parts.push(pattern.slice(from, i));
      from = i + 1;
    }
    if (ends) {
      const rest = pattern.slice(i + 1);
      // A hundred alternatives are more than anybody writes by hand; beyond, the pattern is taken literally.
      const all = parts.flatMap((part) => expandBraces(pattern.slice(0, open) + part + rest));
      return all.length > 100 ? [pattern] : all;
    }
  }
  return [pattern];
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
