import type { MirrorText } from '../text/mirror-text';
import { readInto } from './learned-text';
import { TokenIndex } from './token-index';
import { tokenize } from './tokens';
import { NO_TOKEN, type Vocabulary } from './vocabulary';

/** Average characters of a token in code, blanks and line ends included. */
const CHARS_PER_TOKEN = 4;
/** Lines above an edited one that are learned with it, for the context of its first words. */
const CONTEXT_CHARS = 200;

/**
 * What an open document teaches: its text as it was opened, then every line as it is left. A line that was
 * changed later stays known in its old form too; that is cheap, and people undo.
 */
export class DocumentIndex {
  readonly index: TokenIndex;
  #reading: Generator<void> | undefined;
  /** Start of the edited line, as an offset; undefined while none is edited. */
  #edited: number | undefined;

  constructor(
    text: string,
    private readonly vocabulary: Vocabulary,
  ) {
    this.index = new TokenIndex(text.length / CHARS_PER_TOKEN);
    this.#reading = readInto(this.index, vocabulary, text);
  }

  /** One step of reading the opened text; false when it is read. */
  step(): boolean {
    if (this.#reading === undefined) return false;
    if (this.#reading.next().done === true) this.#reading = undefined;
    return this.#reading !== undefined;
  }

  /** Learns the line around `offset`, which the caret has just left, and the end of what stands before it. */
  learnLine(text: MirrorText, offset: number): void {
    const before = text.slice(offset - CONTEXT_CHARS - 200, offset);
    const after = text.slice(offset, offset + 200);
    const lineEnd = after.search(/\r?\n/);
    const whole = before + (lineEnd < 0 ? '' : after.slice(0, lineEnd + 1));
    const lineStart = before.lastIndexOf('\n') + 1;
    const from = before.lastIndexOf('\n', Math.max(0, lineStart - CONTEXT_CHARS)) + 1;
    const ids = tokenize(whole.slice(from)).tokens.map((token) => this.vocabulary.idOf(token));
    this.index.append([NO_TOKEN, ...ids]);
    this.#edited = undefined;
  }

  /** An edit at `offset`: another line than the last one means that one was left. */
  get editedAt(): number | undefined {
    return this.#edited;
  }

  set editedAt(offset: number | undefined) {
    this.#edited = offset;
  }
}
