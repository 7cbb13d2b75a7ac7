import type { Finding } from './finding';
import { findTokens } from './tokens';

/** Where one string literal ends and the next begins: `" + "`, `' . '`, or only white space, as in Python and C. */
const SEAM = /(["'`])[ \t]*(?:(?:\+|\.\.?|&)?\s{0,200}|\\\r?\n[ \t]{0,200})[fbru]?\1/g;

/** Tokens that a program puts together from string literals; the finding spans the quotes between the parts. */
export function findInJoinedStrings(text: string): Finding[] {
  let joined = '';
  /** Offset in `joined` behind which each piece stands, and how much has been left out before it. */
  const seams: { readonly at: number; readonly leftOut: number }[] = [];
  let from = 0;
  for (const { index, 0: seam } of text.matchAll(SEAM)) {
    joined += text.slice(from, index);
    from = index + seam.length;
    seams.push({ at: joined.length, leftOut: from - joined.length });
  }
  if (seams.length === 0) return [];
  joined += text.slice(from);
  return findTokens(joined).flatMap(({ start, end, kind }) => {
    const across = seams.some(({ at }) => at > start && at < end);
    return across ? [{ start: placeOf(seams, start), end: placeOf(seams, end - 1) + 1, kind }] : [];
  });
}

function placeOf(
  seams: readonly { readonly at: number; readonly leftOut: number }[],
  offset: number,
): number {
  return offset + (seams.findLast(({ at }) => at <= offset)?.leftOut ?? 0);
}
