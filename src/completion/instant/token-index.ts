import { NO_TOKEN } from './vocabulary';

/** A place where the same tokens stood before. */
export interface Match {
  /** Index of the token that followed there. */
  readonly at: number;
  /** How many tokens before it are the same as before the caret. */
  readonly length: number;
}

/** Matches longer than this say no more. */
export const LONGEST_MATCH = 12;
/** So many places are looked at: the newest. Bounds the time of a lookup. */
const MAX_PLACES = 40;

/** With fewer places than this, those that share only a short context may vote too. */
const FEW_PLACES = 8;

/** Contexts of this many tokens are looked up directly; longer ones by comparing, shorter ones only if these fail. */
const LONG_CONTEXT = 3;
const SHORT_CONTEXT = 1;

/**
 * All places where a few tokens stood, newest first, like the hash chains of a compressor: for each token the
 * last earlier place with the same tokens before it. Twelve bytes a token, appending only.
 */
export class TokenIndex {
  #ids = new Int32Array(1024);
  readonly #long: Chains;
  readonly #short: Chains;
  #length = 0;

  /** `expected` tokens decide how many chains there are; more tokens than that only make chains longer. */
  constructor(expected: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(1024, expected / 2)));
    this.#long = new Chains(LONG_CONTEXT, slots);
    this.#short = new Chains(SHORT_CONTEXT, Math.min(slots, 2 ** 16));
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes held by the arrays. */
  get bytes(): number {
    return this.#ids.byteLength + this.#long.bytes + this.#short.bytes;
  }

  idAt(at: number): number {
    return this.#ids[at] ?? NO_TOKEN;
  }

  /** Takes `ids` in. A stretch should begin with `NO_TOKEN`. */
  append(ids: readonly number[]): void {
    for (const id of ids) {
      const at = this.#length++;
      if (at >= this.#ids.length) this.#ids = grown(this.#ids);
      this.#ids[at] = id;
      if (id === NO_TOKEN) continue;
      this.#long.add(this.#ids, at);
      this.#short.add(this.#ids, at);
    }
  }

  /** Makes the tokens from `start` to `end` unknown again; their room is not given back. */
  erase(start: number, end: number): void {
    this.#ids.fill(NO_TOKEN, start, end);
  }

  /** Where `context` (newest token last) stood before; the longest matches are not first, the newest are. */
  matches(context: readonly number[]): Match[] {
    const found = this.#long.find(this.#ids, context);
    if (found.length >= FEW_PLACES) return found;
    const more = this.#short.find(this.#ids, context);
    return [...found, ...more.filter((match) => match.length < LONG_CONTEXT)];
  }
}

/** The places of one context length. */
class Chains {
  readonly #heads: Int32Array;
  #earlier = new Int32Array(1024);

  constructor(
    private readonly order: number,
    slots: number,
  ) {
    this.#heads = new Int32Array(slots).fill(-1);
  }

  get bytes(): number {
    return this.#heads.byteLength + this.#earlier.byteLength;
  }

  add(ids: Int32Array, at: number): void {
    if (at >= this.#earlier.length) this.#earlier = grown(this.#earlier);
    this.#earlier[at] = -1;
    if (at < this.order) return;
    const slot = this.#slotBefore(ids, at);
    this.#earlier[at] = this.#heads[slot] ?? -1;
    this.#heads[slot] = at;
  }

  find(ids: Int32Array, context: readonly number[]): Match[] {
    if (context.length < this.order) return [];
    let hash = 0;
    for (let i = context.length - this.order; i < context.length; i++) hash = mix(hash, context[i] ?? -1);
    const found: Match[] = [];
    let at = this.#heads[hash & (this.#heads.length - 1)] ?? -1;
    for (let looked = 0; at >= 0 && looked < MAX_PLACES; looked++) {
      const length = matchLength(ids, at, context);
      if (length >= this.order) found.push({ at, length });
      at = this.#earlier[at] ?? -1;
    }
    return found;
  }

  #slotBefore(ids: Int32Array, at: number): number {
    let hash = 0;
    for (let i = at - this.order; i < at; i++) hash = mix(hash, ids[i] ?? 0);
    return hash & (this.#heads.length - 1);
  }
}

function matchLength(ids: Int32Array, at: number, context: readonly number[]): number {
  let length = 0;
  while (length < LONGEST_MATCH && length < context.length && length < at) {
    const id = ids[at - 1 - length];
    if (id === NO_TOKEN || id !== context[context.length - 1 - length]) break;
    length++;
  }
  return length;
}

/** Fibonacci hashing of one more number into `hash`. */
const mix = (hash: number, id: number): number => {
  const h = Math.imul(hash ^ id, 0x9e3779b1);
  return h ^ (h >>> 15);
};

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(array.length * 2);
  bigger.set(array);
  return bigger;
}
