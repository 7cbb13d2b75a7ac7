import { stretchesOf, type View } from './view';

/** Shorter than any token with a sign of its issuer. UTF-16 units. */
const LEAST = 14;

/** By character code: whether it can be part of a token, and how much it says that this is no name of a program. */
const PART = new Uint8Array(128);
const TELLING = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z0-9_.:~/+=-]/.test(char)) PART[code] = 1;
  TELLING[code] = /[0-9_-]/.test(char) ? 4 : /[A-Z]/.test(char) ? 1 : 0;
}
/** One sign of an issuer and a few capitals; `HTMLInputElement` has 5. */
const TELLS = 8;

/**
 * The stretches of a text in which a token can stand: long, without a blank, with digits, capitals or hyphens. One pass
 * by character code; eighty searches for signs in the whole text took longer than everything else together.
 */
export function denseRuns(text: string): View | undefined {
  const runs: [number, number][] = [];
  let start = -1;
  let telling = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 32;
    if (code < 128 && PART[code] === 1) {
      if (start < 0) {
        start = at;
        telling = 0;
      }
      telling += TELLING[code] ?? 0;
    } else if (start >= 0) {
      if (at - start >= LEAST && telling >= TELLS) runs.push([start, at]);
      start = -1;
    }
  }
  return stretchesOf(text, runs);
}
