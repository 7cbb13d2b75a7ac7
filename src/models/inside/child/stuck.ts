/** Shorter patterns are tables and lines of dashes, which an answer may well hold. In tokens. */
const LEAST_PERIOD = 6;
const MOST_PERIOD = 96;
/** No honest text says the same six times over and nothing else for so long. */
const LEAST_REPEATS = 6;
const LEAST_TOKENS = 160;
/** Between two looks, in tokens. */
const STEP = 16;

/** Notices that an answer goes round in a circle, as those of small models do until their limit. */
export class Stuck {
  readonly #tokens: number[] = [];
  #count = 0;

  /** True once the last tokens are nothing but one phrase, over and over. */
  take(token: number): boolean {
    this.#tokens.push(token);
    this.#count += 1;
    if (this.#tokens.length > LEAST_REPEATS * MOST_PERIOD) this.#tokens.shift();
    if (this.#count % STEP !== 0) return false;
    for (let period = LEAST_PERIOD; period <= MOST_PERIOD; period += 1)
      if (this.#circles(period)) return true;
    return false;
  }

  #circles(period: number): boolean {
    const tokens = this.#tokens;
    const span = Math.max(LEAST_TOKENS, LEAST_REPEATS * period);
    if (tokens.length < span) return false;
    for (let at = tokens.length - span + period; at < tokens.length; at += 1) {
      if (tokens[at] !== tokens[at - period]) return false;
    }
    // A shorter pattern fits every multiple of its length.
    return new Set(tokens.slice(-period)).size > 2;
  }
}
