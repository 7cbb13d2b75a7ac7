import type { Clock } from '../../base/clock';

/** Crashes in a row after which the engine counts as down: one is chance, three are the weights or the machine. */
const CRASHES_TO_GIVE_UP = 3;
/** First wait before starting anew, doubled with each crash in a row. In ms. */
const FIRST_WAIT_MS = 500;
/** How long the engine stays down before one more start is tried. In ms. */
const DOWN_MS = 60_000;

/** When a process that crashes may be started again. */
export class Restarts {
  #inARow = 0;
  #notBefore = 0;
  #reason = '';

  constructor(private readonly clock: Clock) {}

  /** It gave a whole answer: what was before counts no more. */
  worked(): void {
    this.#inARow = 0;
    this.#notBefore = 0;
  }

  crashed(reason: string): void {
    this.#inARow += 1;
    this.#reason = reason;
    const wait = this.#inARow >= CRASHES_TO_GIVE_UP ? DOWN_MS : FIRST_WAIT_MS * 2 ** (this.#inARow - 1);
    this.#notBefore = this.clock.monotonic() + wait;
  }

  /** Ms until the next start. */
  get waitMs(): number {
    return Math.max(0, this.#notBefore - this.clock.monotonic());
  }

  /** Why there is no start for now; undefined while a start is worth waiting for. */
  get down(): string | undefined {
    if (this.#inARow < CRASHES_TO_GIVE_UP || this.waitMs === 0) return undefined;
    return `It ended ${String(this.#inARow)} times in a row: ${this.#reason}`;
  }
}
