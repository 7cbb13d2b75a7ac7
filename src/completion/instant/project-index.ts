import { readInto } from './learned-text';
import { TokenIndex } from './token-index';
import type { Vocabulary } from './vocabulary';

/**
 * Tokens held at most: 2.5 million are some 10 MB of code. With 12 bytes each and a vocabulary beside them the
 * index stays under 50 MB.
 */
const MAX_TOKENS = 2_500_000;
/** Longer files are data or generated. */
const MAX_FILE_CHARS = 400_000;
/** Characters of an unread file wait in memory for this long only: the queue holds so much at most. */
const MAX_QUEUED_CHARS = 4_000_000;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What the project's other files teach. Files are read in idle steps and can be forgotten again. */
export class ProjectIndex {
  readonly index = new TokenIndex(MAX_TOKENS / 4);
  readonly #files = new Map<string, Range>();
  readonly #queue = new Map<string, string>();
  #queuedChars = 0;
  #reading: { path: string; start: number; steps: Generator<void> } | undefined;

  constructor(private readonly vocabulary: Vocabulary) {}

  /** Files known, and whether all that were offered are read. */
  get state(): {
    readonly files: number;
    readonly tokens: number;
    readonly idle: boolean;
    readonly full: boolean;
  } {
    const { length } = this.index;
    return { files: this.#files.size, tokens: length, idle: !this.hasWork, full: length >= MAX_TOKENS };
  }

  get hasWork(): boolean {
    return this.#reading !== undefined || this.#queue.size > 0;
  }

  /** Takes a file in, in place of what was known of it. False where there is no room for it. */
  add(path: string, text: string): boolean {
    this.forget(path);
    if (text.length > MAX_FILE_CHARS || this.#queuedChars + text.length > MAX_QUEUED_CHARS) return false;
    if (this.index.length >= MAX_TOKENS) return false;
    this.#queue.set(path, text);
    this.#queuedChars += text.length;
    return true;
  }

  forget(path: string): void {
    this.#queuedChars -= this.#queue.get(path)?.length ?? 0;
    this.#queue.delete(path);
    if (this.#reading?.path === path) {
      this.index.erase(this.#reading.start, this.index.length);
      this.#reading = undefined;
    }
    const range = this.#files.get(path);
    if (range === undefined) return;
    this.index.erase(range.start, range.end);
    this.#files.delete(path);
  }

  /** One step of reading, well under a millisecond. */
  step(): boolean {
    if (this.#reading === undefined) {
      const next = this.#queue.entries().next();
      if (next.done === true) return false;
      const [path, text] = next.value;
      this.#queue.delete(path);
      this.#queuedChars -= text.length;
      this.#reading = { path, start: this.index.length, steps: readInto(this.index, this.vocabulary, text) };
    }
    const { path, start, steps } = this.#reading;
    if (steps.next().done === true) {
      this.#files.set(path, { start, end: this.index.length });
      this.#reading = undefined;
    }
    return this.hasWork;
  }
}
