/**
 * A polynomial hash of text in two 32-bit lanes: the hash of a joined text follows from those of its parts,
 * so a document's prefix at the caret costs no more than the chunk the caret is in.
 */
export interface Hash {
  readonly a: number;
  readonly b: number;
}

// Odd multipliers without short cycles modulo 2^32 (Knuth's and Steele's); two lanes make a chance hit one in 2^64.
const BASE_A = 0x9e3779b1;
const BASE_B = 0x2c1b3c6d;

export const EMPTY: Hash = { a: 0, b: 0 };

/** The hash of `text` written behind something whose hash is `before`. */
export function extend(before: Hash, text: string): Hash {
  let { a, b } = before;
  for (let i = 0; i < text.length; i++) {
    // One is added so that leading NULs count.
    const unit = text.charCodeAt(i) + 1;
    a = (Math.imul(a, BASE_A) + unit) | 0;
    b = (Math.imul(b, BASE_B) + unit) | 0;
  }
  return { a, b };
}

/** What a hash must be multiplied by when `length` units follow. */
export function shift(length: number): Hash {
  let a = 1;
  let b = 1;
  let baseA = BASE_A;
  let baseB = BASE_B;
  for (let n = length; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) {
      a = Math.imul(a, baseA);
      b = Math.imul(b, baseB);
    }
    baseA = Math.imul(baseA, baseA);
    baseB = Math.imul(baseB, baseB);
  }
  return { a, b };
}

/** The hash of two texts in a row; `behind` is `shift(length of the second)`. */
export const join = (first: Hash, second: Hash, behind: Hash): Hash => ({
  a: (Math.imul(first.a, behind.a) + second.a) | 0,
  b: (Math.imul(first.b, behind.b) + second.b) | 0,
});

/** One number for a map's key: 53 of the 64 bits. */
export const keyOf = (hash: Hash): number => (hash.a >>> 0) * 0x200000 + (hash.b >>> 11);
