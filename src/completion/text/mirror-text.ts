import { EMPTY, extend, join, keyOf, shift, type Hash } from './rolling-hash';

/** A change as an editor reports it: at `offset`, `deleted` UTF-16 units go and `inserted` comes. */
export interface TextEdit {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** A chunk with what lies between it and its end of the document, itself included. */
interface Chunk {
  readonly text: string;
  /** Units from the document's start (left of the gap) or to its end (right of it), this chunk included. */
  readonly length: number;
  readonly hash: Hash;
  /** `shift(length)`, kept for the right side, where every new chunk is written in front. */
  readonly behind: Hash;
}

// Big enough that a document of 20,000 lines has some 400 chunks, small enough that hashing one takes microseconds.
const CHUNK = 2048;

/**
 * A document's text, mirrored edit by edit. A gap stands where the last edit was; the chunks on both sides
 * know the length and hash of all that lies beyond them. Typing costs one chunk, a jump costs the chunks
 * between, and nothing costs the whole document.
 */
export class MirrorText {
  readonly #left: Chunk[] = [];
  readonly #right: Chunk[] = [];
  #gap = '';

  constructor(text: string) {
    for (let end = text.length; end > 0; end -= CHUNK)
      this.#pushRight(text.slice(Math.max(0, end - CHUNK), end));
    this.#gap = this.#right.pop()?.text ?? '';
  }

  get length(): number {
    return this.#leftLength + this.#gap.length + this.#rightLength;
  }

  apply(edit: TextEdit): void {
    this.#moveGap(edit.offset);
    const at = edit.offset - this.#leftLength;
    while (this.#gap.length - at < edit.deleted) {
      const next = this.#right.pop();
      if (next === undefined) break;
      this.#gap += next.text;
    }
    this.#gap = this.#gap.slice(0, at) + edit.inserted + this.#gap.slice(at + edit.deleted);
    this.#splitGap(at + edit.inserted.length);
  }

  /** Offsets outside of the document are clamped. */
  slice(start: number, end: number): string {
    const from = Math.max(0, start);
    const to = Math.min(this.length, end);
    if (from >= to) return '';
    const parts: string[] = [];
    this.#eachChunk(from, to, (text, at) => {
      parts.push(text.slice(Math.max(0, from - at), Math.max(0, to - at)));
    });
    return parts.join('');
  }

  text(): string {
    return this.slice(0, this.length);
  }

  /** Hash of all text before `offset`. Right of the gap, the gap moves there. */
  prefixHash(offset: number): Hash {
    if (offset >= this.#leftLength) {
      this.#moveGap(offset);
      return extend(this.#left.at(-1)?.hash ?? EMPTY, this.#gap.slice(0, offset - this.#leftLength));
    }
    const i = firstReaching(this.#left, offset);
    const chunk = this.#left[i];
    if (chunk === undefined) return EMPTY;
    return extend(
      this.#left[i - 1]?.hash ?? EMPTY,
      chunk.text.slice(0, offset - chunk.length + chunk.text.length),
    );
  }

  /** Key of all text from `offset` on. */
  suffixKey(offset: number): number {
    this.#moveGap(offset);
    const rest = extend(EMPTY, this.#gap.slice(offset - this.#leftLength));
    const right = this.#right.at(-1);
    return keyOf(right === undefined ? rest : join(rest, right.hash, right.behind));
  }

  get #leftLength(): number {
    return this.#left.at(-1)?.length ?? 0;
  }

  get #rightLength(): number {
    return this.#right.at(-1)?.length ?? 0;
  }

  #moveGap(offset: number): void {
    while (offset < this.#leftLength) {
      const chunk = this.#left.pop();
      if (chunk === undefined) break;
      this.#pushRight(this.#gap);
      this.#gap = chunk.text;
    }
    while (offset > this.#leftLength + this.#gap.length) {
      const chunk = this.#right.pop();
      if (chunk === undefined) break;
      this.#pushLeft(this.#gap);
      this.#gap = chunk.text;
    }
  }

  /** Keeps the gap near `CHUNK`, with `at` inside of it. */
  #splitGap(at: number): void {
    if (this.#gap.length <= 2 * CHUNK) return;
    const from = Math.max(0, at - CHUNK / 2);
    const to = Math.min(this.#gap.length, at + CHUNK / 2);
    for (let start = 0; start < from; start += CHUNK)
      this.#pushLeft(this.#gap.slice(start, Math.min(from, start + CHUNK)));
    for (let end = this.#gap.length; end > to; end -= CHUNK)
      this.#pushRight(this.#gap.slice(Math.max(to, end - CHUNK), end));
    this.#gap = this.#gap.slice(from, to);
  }

  #pushLeft(text: string): void {
    if (text === '') return;
    const hash = extend(this.#left.at(-1)?.hash ?? EMPTY, text);
    this.#left.push({ text, hash, length: this.#leftLength + text.length, behind: EMPTY });
  }

  #pushRight(text: string): void {
    if (text === '') return;
    const next = this.#right.at(-1);
    const own = extend(EMPTY, text);
    const hash = next === undefined ? own : join(own, next.hash, next.behind);
    const length = this.#rightLength + text.length;
    this.#right.push({ text, hash, length, behind: shift(length) });
  }

  /** Calls `visit` with each piece that overlaps [from, to) and the offset it begins at. */
  #eachChunk(from: number, to: number, visit: (text: string, at: number) => void): void {
    for (let i = firstReaching(this.#left, from); i < this.#left.length; i++) {
      const chunk = this.#left[i];
      if (chunk === undefined) break;
      const at = chunk.length - chunk.text.length;
      if (at >= to) return;
      visit(chunk.text, at);
    }
    let at = this.#leftLength;
    visit(this.#gap, at);
    at += this.#gap.length;
    for (let i = this.#right.length - 1; i >= 0 && at < to; i--) {
      const chunk = this.#right[i];
      if (chunk === undefined) break;
      if (at + chunk.text.length > from) visit(chunk.text, at);
      at += chunk.text.length;
    }
  }
}

/** Index of the first chunk that ends behind `offset`; chunks' lengths grow. */
function firstReaching(chunks: readonly Chunk[], offset: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chunks[middle]?.length ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
