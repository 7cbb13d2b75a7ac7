import type { Clock } from '../../base/clock';
import type { MirrorText, TextEdit } from '../text/mirror-text';
import { Caution } from './caution';
import { DocumentIndex } from './document-index';
import { guessToken, predict, type Evidence, type Prediction, type Source } from './predict';
import { ProjectIndex } from './project-index';
import { LearnedSureness } from './sureness';
import { isLineEnd, lineEndText, tokenize } from './tokens';
import { Vocabulary } from './vocabulary';

/** Text before the caret that is looked at: more than the longest match. */
const CONTEXT_CHARS = 400;
/** Other open files that are asked beside the current one. */
const MAX_OTHERS = 8;
/** Reading a file pauses after this long (the promise is 5 ms) and goes on after a break. */
const SLICE_MS = 3;
const BREAK_MS = 12;

/** Something the track said would come, waiting to be proved. */
interface Bet {
  readonly documentId: string;
  offset: number;
  expected: string;
  readonly evidence: Evidence;
}

/** Predicts from the workspace's own text alone: no model, no disk, well under a millisecond. */
export class InstantTrack {
  readonly #vocabulary = new Vocabulary();
  readonly #documents = new Map<string, DocumentIndex>();
  readonly #project = new ProjectIndex(this.#vocabulary);
  readonly #sureness = new LearnedSureness();
  readonly #caution = new Caution();
  #bet: Bet | undefined;
  #cancelWork: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  get state(): ProjectIndex['state'] {
    return this.#project.state;
  }

  open(id: string, path: string, text: string): void {
    this.#project.forget(path);
    this.#documents.set(id, new DocumentIndex(text, this.#vocabulary));
    this.#work();
  }

  /** The closed document goes on teaching as one file of the project. */
  close(id: string, path: string, text: string): void {
    if (this.#documents.delete(id)) this.addFile(path, text);
  }

  addFile(path: string, text: string): void {
    this.#project.add(path, text);
    this.#work();
  }

  forgetFile(path: string): void {
    this.#project.forget(path);
  }

  /** To be called after the edit is in `text`. */
  edited(id: string, text: MirrorText, edit: TextEdit): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    this.#prove(id, edit);
    this.#caution.typed(id, edit);
    const lineEnd = edit.inserted.indexOf('\n');
    if (lineEnd >= 0) document.learnLine(text, edit.offset + edit.inserted.length);
    document.editedAt = lineEnd >= 0 ? undefined : edit.offset;
  }

  /** The caret went elsewhere: the line it edited last is as it was meant to be. */
  left(id: string, text: MirrorText): void {
    this.#bet = undefined;
    this.#caution.left();
    const document = this.#documents.get(id);
    if (document?.editedAt !== undefined) document.learnLine(text, Math.min(document.editedAt, text.length));
  }

  /** What follows at `offset`, where that is sure enough. */
  predict(id: string, text: MirrorText, offset: number, lineEnd: string): Prediction | undefined {
    const sources = this.#sources(id);
    const read = tokenize(lineStartingText(text, offset));
    const last = read.tokens.at(-1);
    const begun = last !== undefined && !isLineEnd(last) && /[\w$ \t]$/.test(last) ? last : '';
    const tokens = begun === '' ? read.tokens : read.tokens.slice(0, -1);
    const context = tokens.map((token) => this.#vocabulary.find(token));
    this.#placeBet(id, offset, sources, context, begun, read.indent, lineEnd);
    const start = { context, typed: begun, indent: read.indent, lineEnd };
    return predict(sources, this.#vocabulary, this.#sureness, start, this.#caution.enough);
  }

  /** A prediction is on the screen now. */
  shown(id: string, offset: number, text: string): void {
    this.#caution.shown(id, offset, text);
  }

  /** False where the word being typed begins like none that was ever seen: most likely a slip. */
  isKnownWord(text: MirrorText, offset: number): boolean {
    const begun = /[\w$]*$/.exec(text.slice(offset - 40, offset))?.[0] ?? '';
    return this.#vocabulary.words.hasBeginning(begun);
  }

  dispose(): void {
    this.#cancelWork?.();
  }

  #sources(id: string): Source[] {
    const sources: Source[] = [];
    const own = this.#documents.get(id);
    if (own !== undefined) sources.push({ index: own.index, kind: 'file' });
    for (const [other, { index }] of [...this.#documents].slice(-MAX_OTHERS))
      if (other !== id) sources.push({ index, kind: 'project' });
    sources.push({ index: this.#project.index, kind: 'project' });
    return sources;
  }

  /** Remembers the next guess, shown or not: what is typed then tells how good such guesses are. */
  #placeBet(
    id: string,
    offset: number,
    sources: readonly Source[],
    context: readonly number[],
    begun: string,
    indent: string,
    lineEnd: string,
  ): void {
    if (this.#bet !== undefined) return;
    const guess = guessToken(sources, this.#vocabulary, context, begun);
    if (guess === undefined) return;
    const expected = isLineEnd(guess.token)
      ? lineEndText(guess.token, indent, lineEnd)?.text
      : guess.token.slice(begun.length);
    if (expected === undefined || expected === '') return;
    this.#bet = { documentId: id, offset, expected, evidence: guess.evidence };
  }

  #prove(id: string, edit: TextEdit): void {
    const bet = this.#bet;
    if (bet === undefined) return;
    if (bet.documentId !== id || edit.offset !== bet.offset || edit.deleted > 0) {
      this.#bet = undefined;
      return;
    }
    const right = edit.inserted.startsWith(bet.expected) || bet.expected.startsWith(edit.inserted);
    bet.expected = bet.expected.slice(edit.inserted.length);
    bet.offset += edit.inserted.length;
    if (right && bet.expected !== '') return;
    this.#sureness.learn(bet.evidence, right);
    this.#bet = undefined;
  }

  /** Reads what is to be read, in slices that leave the keystrokes room. */
  #work(): void {
    this.#cancelWork ??= this.clock.after(BREAK_MS, () => {
      this.#cancelWork = undefined;
      const until = this.clock.monotonic() + SLICE_MS;
      while (this.clock.monotonic() < until) {
        const stepped =
          [...this.#documents.values()].some((document) => document.step()) || this.#project.step();
        if (!stepped) return;
      }
      this.#work();
    });
  }
}

/** The end of the text before `offset`, from the start of a line. */
function lineStartingText(text: MirrorText, offset: number): string {
  const tail = text.slice(offset - CONTEXT_CHARS, offset);
  if (tail.length < CONTEXT_CHARS) return tail;
  return tail.slice(tail.indexOf('\n') + 1);
}
