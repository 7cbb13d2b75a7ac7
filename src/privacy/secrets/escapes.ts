import type { Finding, Search } from './finding';
import { findInView, linesWith, rewritten } from './view';

/** Of string literals and JSON, of addresses, of HTML and XML. */
const ESCAPE =
  /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\\"'`/nrt])|%[2-7][0-9A-Fa-f]|&(?:quot|apos|amp|lt|gt|#x?[0-9A-Fa-f]{1,5});/g;
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** JSON inside of a string of JSON, in a notebook. */
const MOST_ROUNDS = 3;

/**
 * Secrets that stand escaped, or right behind an escape: JSON inside of strings, cells of notebooks, encoded addresses.
 * Only lines with an escape are looked at again: all others read the same either way.
 */
export function findEscaped(
  text: string,
  searches: readonly Search[],
  rounds: number = MOST_ROUNDS,
): Finding[] {
  if (rounds === 0) return [];
  const inner: Search = (unescapedText) => findEscaped(unescapedText, searches, rounds - 1);
  const unescape: Search = (lines) =>
    findInView(
      rewritten(lines, ESCAPE, ([escape]) => unescaped(escape)),
      [...searches, inner],
    );
  return findInView(linesWith(text, ESCAPE), [unescape]);
}

function unescaped(escape: string): string {
  const body = escape.slice(1);
  if (escape.startsWith('%')) return String.fromCharCode(parseInt(body, 16));
  if (escape.startsWith('&')) return entity(body.slice(0, -1));
  if (/^[ux]/.test(body)) return String.fromCharCode(parseInt(body.slice(1), 16));
  return SIMPLE[body] ?? body;
}

function entity(name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name] ?? '';
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code <= 0xffff ? String.fromCharCode(code) : '';
}
