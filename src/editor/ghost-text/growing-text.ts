import type { Clock } from '../../base/clock';

/** So long without a new piece, and the answer has come to its end, or to a halt. In ms. */
const QUIET_MS = 100;
/** So long at most is text kept back that could be shown. In ms. */
const KEPT_BACK_MS = 1_000;

/** What VS Code was given last. */
export interface Handed {
  readonly id: string;
  readonly version: number;
  readonly shows: boolean;
  /** Asked by a command, not by typing: VS Code then asks no second time for the same text and caret. */
  readonly byCommand: boolean;
}

/** How VS Code can be made to show more at the caret. */
export interface Showing {
  /** Whether text and caret are still those of that answer. */
  isCurrent(handed: Handed): boolean;
  /** Asks the providers, where nothing is shown. */
  ask(id: string): void;
  /** Puts the longer text in the place of the shown one, without a gap. VS Code does so once for a text and a caret. */
  extend(id: string): void;
  /** Takes what is shown away and asks anew: a frame or two without any. */
  renew(id: string): void;
}

/**
 * When ghost text that is still being written is shown anew. The first piece at once; the rest in as few steps as
 * can be, since each is a movement under the eyes of somebody who reads. Who types on sees all that came with the
 * next key anyway.
 */
export class GrowingText {
  #handed: Handed | undefined;
  #keptBackSince: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly showing: Showing,
  ) {}

  /** VS Code was given an answer. */
  handed(handed: Handed): void {
    this.#handed = handed;
    this.#stop();
  }

  /** There is more text for the caret than VS Code was given. */
  more(id: string): void {
    const handed = this.#handed;
    if (handed?.id !== id) return;
    // VS Code is about to ask by itself.
    if (!this.showing.isCurrent(handed)) return;
    if (!handed.shows) {
      this.showing.ask(id);
      return;
    }
    const now = this.clock.monotonic();
    this.#keptBackSince ??= now;
    const left = Math.max(0, this.#keptBackSince + KEPT_BACK_MS - now);
    this.#cancel?.();
    // A gap in mid-stream is worse than waiting for the end.
    const wait = handed.byCommand ? QUIET_MS : Math.min(QUIET_MS, left);
    this.#cancel = this.clock.after(wait, () => this.#show(handed));
  }

  dispose(): void {
    this.#stop();
  }

  #show(handed: Handed): void {
    this.#stop();
    if (!this.showing.isCurrent(handed)) return;
    if (handed.byCommand) this.showing.renew(handed.id);
    else this.showing.extend(handed.id);
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#keptBackSince = undefined;
  }
}
