import ignore, { type Ignore } from 'ignore';

/**
 * Rewrites the lines of one ignore file so that they mean the same from the top of the tree: git reads each file
 * relative to its own folder, and one matcher over all files, the deepest last, then decides as git does (the
 * last match wins, and nothing below an excluded folder comes back).
 */
export function patternsFromTop(text: string, folderFromTop: string): string[] {
  const prefix = folderFromTop === '' ? '/' : `/${escapePattern(folderFromTop)}/`;
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((raw) => {
      const line = trimTrailingSpaces(raw.endsWith('\r') ? raw.slice(0, -1) : raw);
      if (line === '' || line.startsWith('#')) return [];
      const negated = line.startsWith('!');
      const body = negated ? line.slice(1) : line;
      if (body === '' || body === '/') return [];
      const inner = body.endsWith('/') ? body.slice(0, -1) : body;
      const anchored = inner.includes('/');
      const fromTop = anchored ? prefix + body.replace(/^\//, '') : `${prefix}**/${body}`;
      return [negated ? `!${fromTop}` : fromTop];
    });
}

/** Git drops trailing spaces unless a backslash quotes them. */
function trimTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && !isQuoted(line, end - 1)) end -= 1;
  return line.slice(0, end);
}

function isQuoted(line: string, at: number): boolean {
  let slashes = 0;
  while (at - slashes - 1 >= 0 && line[at - slashes - 1] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** A folder's name may hold characters that mean something in a pattern. */
function escapePattern(path: string): string {
  return path.replace(/[\\*?[\]!# ]/g, '\\$&');
}

/** One matcher over several files' patterns, weakest first. */
export function matcherOf(patterns: readonly string[], ignoreCase: boolean): Ignore {
  // A relative path may start with a name such as `..a`, or hold what the library takes for an absolute path on
  // Windows; ours come normalised, so its check only gets in the way.
  return ignore({ ignorecase: ignoreCase, allowRelativePaths: true }).add(patterns);
}
