import { IntList } from './int-list';
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
  readonly #ids = new IntList();
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
    return this.#ids.bytes + this.#long.bytes + this.#short.bytes;
  }

  idAt(at: number): number {
    return at < this.#length ? this.#ids.at(at) : NO_TOKEN;
  }

  /** Takes `ids` in. A stretch should begin with `NO_TOKEN`. */
  append(ids: readonly number[]): void {
    for (const id of ids) {
      const at = this.#length++;
      this.#ids.set(at, id);
      if (id === NO_TOKEN) continue;
      this.#long.add(this.#ids, at);
      this.#short.add(this.#ids, at);
    }
  }

  /** Makes the tokens from `start` to `end` unknown again; their room is not given back. */
  erase(start: number, end: number): void {
    for (let at = start; at < end; at++) this.#ids.set(at, NO_TOKEN);
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
  readonly #earlier = new IntList();

  constructor(
    private readonly order: number,
    slots: number,
  ) {
    this.#heads = new Int32Array(slots).fill(-1);
  }

  get bytes(): number {
    return this.#heads.byteLength + this.#earlier.bytes;
  }

  add(ids: IntList, at: number): void {
    this.#earlier.set(at, -1);
    if (at < this.order) return;
    const slot = this.#slotBefore(ids, at);
    this.#earlier.set(at, this.#heads[slot] ?? -1);
    this.#heads[slot] = at;
  }

  find(ids: IntList, context: readonly number[]): Match[] {
    if (context.length < this.order) return [];
    let hash = 0;
    for (let i = context.length - this.order; i < context.length; i++) hash = mix(hash, context[i] ?? -1);
    const found: Match[] = [];
    let at = this.#heads[hash & (this.#heads.length - 1)] ?? -1;
    for (let looked = 0; at >= 0 && looked < MAX_PLACES; looked++) {
      const length = matchLength(ids, at, context);
      if (length >= this.order) found.push({ at, length });
      at = this.#earlier.at(at);
    }
    return found;
  }

  #slotBefore(ids: IntList, at: number): number {
    let hash = 0;
    for (let i = at - this.order; i < at; i++) hash = mix(hash, ids.at(i));
    return hash & (this.#heads.length - 1);
  }
}

function matchLength(ids: IntList, at: number, context: readonly number[]): number {
  let length = 0;
  while (length < LONGEST_MATCH && length < context.length && length < at) {
    const id = ids.at(at - 1 - length);
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
