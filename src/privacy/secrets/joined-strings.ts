import type { Finding, Search } from './finding';
import { findInView, linesWith, rewritten } from './view';

/** Where one string literal ends and the next begins: `" + "`, `' . '`, or only white space, as in Python and C. */
const SEAM = /(["'`])(?:[ \t]*(?:\+|\.\.?|&)\s{0,200}|[ \t]+|[ \t]*\\?\r?\n\s{0,200})[fbru]?\1/g;
/** Lists whose items are joined with nothing between them, in JavaScript, Python and PHP. */
const LIST =
  /\[[^[\]]{1,2000}\]\s{0,40}\.join\(\s?(?:""|''|``)|(?:""|'')\.join\(\s?[[(][^[\]()]{1,2000}|\bimplode\(\s?(?:""|'')\s?,\s?\[[^[\]]{1,2000}/g;
const LIST_SEAM = /(["'`])\s{0,4},\s{0,200}\1/g;
/** A line that goes on in the next. */
const CONTINUED = /\\\r?\n[ \t]{0,200}/g;

/**
 * Secrets that a program puts together from string literals; a finding spans the quotes between the parts. `inLists`:
 * for items of lists, where a neighbour may also be a name.
 */
export function findInJoinedStrings(
  text: string,
  searches: readonly Search[],
  inLists: readonly Search[],
): Finding[] {
  return [
    ...findJoined(text, SEAM, SEAM, searches),
    ...findJoined(text, LIST, LIST_SEAM, inLists),
    ...findJoined(text, CONTINUED, CONTINUED, inLists),
  ];
}

/** Looks at the lines with a sign alone, as they read without the seams. */
function findJoined(text: string, sign: RegExp, seam: RegExp, searches: readonly Search[]): Finding[] {
  const join: Search = (lines) =>
    findInView(
      rewritten(lines, seam, () => ''),
      searches,
      'across',
    );
  return findInView(linesWith(text, sign), [join]);
}
