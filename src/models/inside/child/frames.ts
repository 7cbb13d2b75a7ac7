import { systemClock, type Clock } from '../../../base/clock';
import type { TokenLogprob } from '../../model';

export interface Piece {
  readonly text: string;
  readonly logprobs?: readonly TokenLogprob[];
}

/** A screen shows 60 pictures a second; a message for each token of quick weights would only keep the editor busy. In ms. */
export const FRAME_MS = 16;

/** The pieces of one answer, joined where several fall into one frame. The first goes out at once. */
export class Frames {
  #held: Piece | undefined;
  #lastSent = -Infinity;
  #callOff: (() => void) | undefined;

  constructor(
    private readonly send: (piece: Piece) => void,
    /** 0: each piece goes out by itself. */
    private readonly frameMs = FRAME_MS,
    private readonly clock: Pick<Clock, 'monotonic' | 'after'> = systemClock,
  ) {}

  take(piece: Piece): void {
    this.#held = this.#held === undefined ? piece : joined(this.#held, piece);
    const waitMs = this.#lastSent + this.frameMs - this.clock.monotonic();
    if (waitMs <= 0) this.flush();
    else this.#callOff ??= this.clock.after(waitMs, () => this.flush());
  }

  /** Sends what is held; to be called before anything else is said of the answer. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#lastSent = this.clock.monotonic();
    this.send(held);
  }
}

function joined(first: Piece, second: Piece): Piece {
  const logprobs = [...(first.logprobs ?? []), ...(second.logprobs ?? [])];
  return { text: first.text + second.text, ...(logprobs.length === 0 ? {} : { logprobs }) };
}
