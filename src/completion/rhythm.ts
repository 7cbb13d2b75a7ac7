/** Half of a running average's weight lies on the last few values: quick to follow, slow enough to be calm. */
const WEIGHT = 0.2;
/** A longer pause is thinking, not typing. */
const LONGEST_KEY_GAP_MS = 1200;

/** Before anything was measured: a mid-sized model on a laptop, and an average typist (about 55 words a minute). */
const FIRST_TEXT_MS = 300;
const KEY_MS = 130;

/** Measures how fast the model answers and the user types, both in milliseconds. */
export class Rhythm {
  #firstTextMs = FIRST_TEXT_MS;
  #keyMs = KEY_MS;
  #lastKeyAt: number | undefined;

  /** From request to first text, queueing and reading the prompt included. */
  get firstTextMs(): number {
    return this.#firstTextMs;
  }

  get keyMs(): number {
    return this.#keyMs;
  }

  /** Keys the user will have typed by the time a request made now shows its first text. */
  get keysUntilAnswer(): number {
    return this.#firstTextMs / this.#keyMs;
  }

  answered(firstTextMs: number): void {
    this.#firstTextMs += WEIGHT * (firstTextMs - this.#firstTextMs);
  }

  key(at: number): void {
    const gap = this.#lastKeyAt === undefined ? Infinity : at - this.#lastKeyAt;
    this.#lastKeyAt = at;
    if (gap < LONGEST_KEY_GAP_MS) this.#keyMs += WEIGHT * (gap - this.#keyMs);
  }
}
