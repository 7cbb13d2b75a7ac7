import type { TextEdit } from '../text/mirror-text';

/** The promise: so many of the shown characters are right. */
const PROMISED = 0.8;
/** A guess is right or wrong from some character on, so its first token has to be surer than the promise. */
const LEAST = 0.84;
/** Nothing is ever surer than this; above it the track would fall silent for good. */
const MOST = 0.98;
/** Wrong characters by which the bar moves from end to end: some thirty guesses, so that one bad line does not silence the track. */
const MEMORY_CHARS = 300;

interface Shown {
  readonly documentId: string;
  offset: number;
  rest: string;
}

/**
 * How sure a guess must be to be shown. Judged by what was typed after what was shown: beside a model the track is
 * only asked where the model just failed, and there its guesses are worse than their evidence says. Each wrong
 * character raises the bar by four times what a right one lowers it, so that in the long run the promise holds.
 */
export class Caution {
  #enough = LEAST;
  #shown: Shown | undefined;

  get enough(): number {
    return this.#enough;
  }

  shown(documentId: string, offset: number, text: string): void {
    // What is under test goes on: the same text is shown again while it is typed.
    if (this.#shown === undefined) this.#shown = { documentId, offset, rest: text };
  }

  typed(documentId: string, { offset, deleted, inserted }: TextEdit): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    if (shown.documentId !== documentId || offset !== shown.offset || deleted > 0) {
      this.#shown = undefined;
      return;
    }
    let right = 0;
    while (right < inserted.length && inserted[right] === shown.rest[right]) right += 1;
    this.#count(right, right < Math.min(inserted.length, shown.rest.length) ? shown.rest.length - right : 0);
    if (right < inserted.length || right === shown.rest.length) this.#shown = undefined;
    else this.#shown = { documentId, offset: offset + right, rest: shown.rest.slice(right) };
  }

  /** The caret went elsewhere; what was shown is not judged. */
  left(): void {
    this.#shown = undefined;
  }

  #count(right: number, wrong: number): void {
    const step = ((MOST - LEAST) * (wrong - (right * (1 - PROMISED)) / PROMISED)) / MEMORY_CHARS;
    this.#enough = Math.min(MOST, Math.max(LEAST, this.#enough + step));
  }
}
