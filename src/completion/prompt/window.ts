import type { MirrorText } from '../text/mirror-text';

/** The part of a document a model sees. */
export interface Window {
  readonly prefix: string;
  readonly suffix: string;
}

export interface WindowLimits {
  /** Characters of prefix right after the head was set anew. */
  readonly freshPrefix: number;
  /** Characters the prefix may grow to before its head is set anew. */
  readonly maxPrefix: number;
  readonly suffix: number;
}

/**
 * A server keeps the prompt it evaluated last, but only from its first token on. So the prefix begins at a
 * head that stays where it is while the caret moves below it, and is set anew in one big step, not line by
 * line. The suffix stands behind the prefix in every fill-in-the-middle format and is read again each time:
 * 240 characters (Cody takes 100 for the same reason) are the next few lines, which tell where to stop.
 *
 * 3,000 characters are some 750 tokens: 0.4 s of reading at 0.5 ms a token, paid once per jump and once per
 * 6,000 characters of writing.
 */
export const WINDOW_LIMITS: WindowLimits = { freshPrefix: 3000, maxPrefix: 9000, suffix: 240 };

/** Keeps the head of one document's prompt still. */
export class PromptWindow {
  #head: number | undefined;
  #headsSet = 0;

  constructor(private readonly limits: WindowLimits = WINDOW_LIMITS) {}

  /** Counts how often the head was set anew: while this stays, the prompt's beginning does. */
  get headsSet(): number {
    return this.#headsSet;
  }

  /** An edit before the head moves it along; one across it forgets it. */
  edited(offset: number, deleted: number, inserted: number): void {
    if (this.#head === undefined || offset >= this.#head) return;
    this.#head = offset + deleted <= this.#head ? this.#head + inserted - deleted : undefined;
  }

  /** The window at `caret`, as if `assumed` had been typed there. */
  at(text: MirrorText, caret: number, assumed = ''): Window {
    const head = this.#headFor(text, caret, assumed.length);
    return {
      prefix: text.slice(head, caret) + assumed,
      suffix: wholeLines(
        text.slice(caret, caret + this.limits.suffix),
        caret + this.limits.suffix >= text.length,
      ),
    };
  }

  #headFor(text: MirrorText, caret: number, assumed: number): number {
    const { freshPrefix, maxPrefix } = this.limits;
    const head = this.#head;
    // A caret just below the head would see too little of what stands above.
    const near = head !== undefined && head > 0 && caret - head < freshPrefix / 4;
    if (head !== undefined && head <= caret && !near && caret + assumed - head <= maxPrefix) return head;
    this.#headsSet++;
    this.#head = lineStart(text, Math.max(0, caret - freshPrefix));
    return this.#head;
  }
}

/** The first line start at or after `offset`, at most a line's usual length away; else `offset`. */
function lineStart(text: MirrorText, offset: number): number {
  if (offset === 0) return 0;
  const lineEnd = text.slice(offset - 1, offset + 400).indexOf('\n');
  return lineEnd < 0 ? offset : offset + lineEnd;
}

function wholeLines(suffix: string, isAll: boolean): string {
  const lastLineEnd = suffix.lastIndexOf('\n');
  return isAll || lastLineEnd < suffix.length / 2 ? suffix : suffix.slice(0, lastLineEnd + 1);
}
