/**
 * The ghost-text engine: decides what to ask the model and when, keeps every answer, and says what to show.
 * It knows no editor, no model and no clock but those it is given. How an editor wires it:
 *
 * 1. Mirror the documents: `openDocument` once (on its first use, not on activation), then every change by
 *    `changeDocument` (VS Code's `contentChanges` in their order: `{offset: rangeOffset, deleted: rangeLength,
 *    inserted: text}`), `moveCaret` on selection changes, `closeDocument`. The request for the next text
 *    starts in `changeDocument`, 50 ms before VS Code asks.
 * 2. When the editor asks for ghost text, `provide` (a promise: waits for a request under way) or `suggest`
 *    (at once: what is there now). Both answer a `Suggestion`, whose `nothing` has a named reason.
 * 3. `onRefresh`: there is more to show for the caret where it is; make the editor ask again
 *    (`editor.action.inlineSuggest.trigger`). What comes then begins with what is shown.
 * 4. `onEvent` tells requests, what was shown, and what became of it (accepted, partly accepted, typed,
 *    rejected: inferred from edits; an insertion of more than a key's worth counts as accepted).
 * 5. `learnFile` / `forgetFile` feed the instant track the project's other files (never excluded ones);
 *    reading happens in idle slices. `setPaused(true)` while the model is busy answering something else:
 *    ghost text then comes from the cache and the instant track alone. `setModel` when the model changes.
 */
import type { Clock } from '../base/clock';
import { AnswerCache, type Fit } from './cache';
import { choose } from './choose';
import { DocumentContext } from './context/document-context';
import { Dispatcher } from './dispatcher';
import { CompletionDocument, type Caret, type OpenDocument } from './document';
import { mayCompleteBefore, replacedChars } from './filters/rest-of-line';
import { InstantTrack } from './instant/instant-track';
import type { Prediction } from './instant/predict';
import { shownPart } from './prompt/shown-part';
import { Rhythm } from './rhythm';
import { Screen } from './screen';
import { StatsCounter, type CompletionStats } from './stats';
import { indentationSyntax, type Syntax } from './syntax';
import type { TextEdit } from './text/mirror-text';
import { extend, keyOf } from './text/rolling-hash';
import type { LastKey } from './when-to-ask';
import type { Ask, CompletionEvent, CompletionModel, NothingReason, Suggestion } from './types';

export interface EngineOptions {
  readonly clock: Clock;
  /** Absent where no model is set up: the workspace alone predicts. */
  readonly model?: CompletionModel;
  /** Where blocks end; by indentation where no parser is at hand. */
  readonly syntax?: Syntax;
  /** False switches the instant track off. */
  readonly instant?: boolean;
  /**
   * Whether typing alone may ask the model in this document; asked on every key. What `suggest` and `provide` ask for
   * is asked of the model in any case: whoever calls them wants an answer.
   */
  readonly mayAskWhileTyping?: (documentId: string) => boolean;
}

export interface CompletionEngine {
  openDocument(document: OpenDocument): void;
  /** Edits in the order they are to be applied, each offset as it is when its turn comes. */
  changeDocument(id: string, edits: readonly TextEdit[]): void;
  closeDocument(id: string): void;
  /** The one caret is there now; undefined for several carets or a selection, where nothing is completed. */
  moveCaret(id: string, offset: number | undefined): void;
  /** What can be shown at once. */
  suggest(ask: Ask): Suggestion;
  /** Like `suggest`, but waits for the first text of a request under way. */
  provide(ask: Ask): Promise<Suggestion>;
  /** The user sent the ghost text away (Escape): not shown again at this place. */
  dismiss(): void;
  learnFile(path: string, text: string): void;
  forgetFile(path: string): void;
  setModel(model: CompletionModel | undefined): void;
  setPaused(paused: boolean): void;
  /** Whether the workspace may predict; what it knows is kept either way. */
  setInstant(wanted: boolean): void;
  /** Forgets all answers; for when the model or its settings changed. */
  clearCache(): void;
  stats(): CompletionStats;
  onRefresh(listener: (documentId: string) => void): () => void;
  onEvent(listener: (event: CompletionEvent) => void): () => void;
  dispose(): void;
}

export function createCompletionEngine(options: EngineOptions): CompletionEngine {
  return new Engine(options);
}

/** Text before the caret that decides how much is shown. */
const LOOK_BACK = 400;

interface Waiting {
  readonly ask: Ask;
  readonly resolve: (suggestion: Suggestion) => void;
}

class Engine implements CompletionEngine {
  readonly #documents = new Map<string, CompletionDocument>();
  readonly #cache = new AnswerCache();
  readonly #context = new DocumentContext();
  readonly #rhythm = new Rhythm();
  readonly #stats = new StatsCounter();
  readonly #screen = new Screen((event) => this.#emit(event));
  readonly #instant: InstantTrack | undefined;
  readonly #dispatcher: Dispatcher;
  readonly #refreshListeners = new Set<(documentId: string) => void>();
  readonly #eventListeners = new Set<(event: CompletionEvent) => void>();
  #caret: Caret | undefined;
  #waiting: Waiting | undefined;
  #instantWanted = true;

  constructor(private readonly options: EngineOptions) {
    const { clock, model, syntax = indentationSyntax, instant = true } = options;
    this.#instant = instant ? new InstantTrack(clock) : undefined;
    this.#dispatcher = new Dispatcher({
      clock,
      cache: this.#cache,
      rhythm: this.#rhythm,
      syntax,
      contextFor: (caret) => this.#context.for(caret, this.#documents.values()),
      emit: (event) => this.#emit(event),
      grew: () => this.#grew(),
      landed: () => this.#answerWaiting(),
    });
    this.#dispatcher.model = model;
  }

  openDocument(opened: OpenDocument): void {
    this.#documents.set(opened.id, new CompletionDocument(opened));
    if (opened.excluded !== true) this.#instant?.open(opened.id, opened.path, opened.text);
  }

  closeDocument(id: string): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    this.#instant?.close(id, document.path, document.text.text());
    this.#documents.delete(id);
    if (this.#caret?.document === document) this.#moveTo(undefined);
  }

  changeDocument(id: string, edits: readonly TextEdit[]): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    this.#supersede();
    for (const edit of edits) {
      document.apply(edit);
      this.#instant?.edited(id, document.text, edit);
    }
    const [edit] = edits;
    if (edit === undefined || edits.length > 1) {
      this.#moveTo(undefined);
      return;
    }
    const typing = this.#caret?.document === document && edit.offset + edit.deleted === this.#caret.offset;
    if (typing) this.#rhythm.key(this.options.clock.monotonic());
    const ghost = this.#screen.edited(id, edit);
    this.#caret = { document, offset: edit.offset + edit.inserted.length };
    this.#dispatcher.moveTo(this.#caret);
    if (!typing || this.options.mayAskWhileTyping?.(id) === false) return;
    this.#dispatcher.plan(this.#lastKey(this.#caret, edit, ghost));
  }

  moveCaret(id: string, offset: number | undefined): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    if (offset === undefined) this.#moveTo(undefined);
    else if (this.#caret?.document !== document || this.#caret.offset !== offset)
      this.#moveTo({ document, offset });
  }

  suggest(ask: Ask): Suggestion {
    const suggestion = this.#suggest(ask);
    this.#stats.answered(
      suggestion.kind === 'nothing' ? 'none' : suggestion.source === 'instant' ? 'instant' : 'cache',
    );
    return suggestion;
  }

  provide(ask: Ask): Promise<Suggestion> {
    this.#supersede();
    const now = this.suggest(ask);
    if (now.kind === 'show' || now.reason !== 'waiting-for-model') return Promise.resolve(now);
    return new Promise((resolve) => {
      this.#waiting = { ask, resolve };
    });
  }

  dismiss(): void {
    this.#screen.clear();
  }

  learnFile(path: string, text: string): void {
    this.#instant?.addFile(path, text);
  }

  forgetFile(path: string): void {
    this.#instant?.forgetFile(path);
  }

  setModel(model: CompletionModel | undefined): void {
    this.#dispatcher.moveTo(undefined);
    this.#dispatcher.model = model;
    this.clearCache();
  }

  setPaused(paused: boolean): void {
    this.#dispatcher.paused = paused;
    if (paused) this.#dispatcher.moveTo(undefined);
  }

  setInstant(wanted: boolean): void {
    if (wanted === this.#instantWanted) return;
    this.#instantWanted = wanted;
    // What is shown may have come from there.
    if (!wanted) this.#screen.clear();
  }

  clearCache(): void {
    this.#cache.clear();
  }

  stats(): CompletionStats {
    return this.#stats.read();
  }

  onRefresh(listener: (documentId: string) => void): () => void {
    this.#refreshListeners.add(listener);
    return () => this.#refreshListeners.delete(listener);
  }

  onEvent(listener: (event: CompletionEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  dispose(): void {
    this.#supersede();
    this.#screen.clear();
    this.#dispatcher.dispose();
    this.#instant?.dispose();
  }

  #suggest(ask: Ask): Suggestion {
    const document = this.#documents.get(ask.documentId);
    if (document === undefined) return nothing('unknown-document');
    if (document.excluded) return nothing('excluded-file');
    if (ask.selected !== undefined) return this.#suggestBehindSelected(document, ask);
    this.moveCaret(document.id, ask.offset);
    const { offset } = ask;
    const restOfLine = document.restOfLine(offset);
    if (!mayCompleteBefore(restOfLine)) return nothing('mid-line');
    const kept = this.#screen.textAt(document.id, offset);
    const fits = this.#cache.fits(document.placeAt(offset));
    const fit = choose(fits, kept);
    if (fit !== undefined) {
      const rest = this.#cache.restOf(fit, () => keyOf(extend(document.text.prefixHash(offset), fit.rest)));
      const part = shownPart(rest, document.text.slice(offset - LOOK_BACK, offset), restOfLine).text;
      const text = part.startsWith(kept) ? part : kept;
      if (fit.answer.state === 'cut' && !this.#dispatcher.isUnderWay) this.#dispatcher.plan('asked');
      if (text !== '') return this.#show({ document, offset }, text, restOfLine, fit, 'model');
    }
    if (kept !== '') return this.#show({ document, offset }, kept, restOfLine, undefined, 'same');
    const predicted = this.#predict(document, offset);
    if (!this.#dispatcher.isUnderWay) this.#dispatcher.plan('asked');
    if (predicted !== undefined) {
      this.#instant?.shown(document.id, offset, predicted.text);
      return this.#show({ document, offset }, predicted.text, restOfLine, undefined, 'instant');
    }
    return nothing(this.#whyNothing());
  }

  #predict({ id, text, lineEnd }: CompletionDocument, offset: number): Prediction | undefined {
    return this.#instantWanted ? this.#instant?.predict(id, text, offset, lineEnd) : undefined;
  }

  #lastKey({ document, offset }: Caret, edit: TextEdit, ghost: 'none' | 'kept' | 'lost'): LastKey {
    if (edit.deleted > 0) return 'taken-back';
    if (edit.inserted.endsWith('\n')) return 'line-opened';
    if (ghost !== 'lost') return 'typed';
    return (this.#instant?.isKnownWord(document.text, offset) ?? true) ? 'contradicted' : 'slipped';
  }

  /** The suggest widget is open: the answer begins with its selected item and takes its range. */
  #suggestBehindSelected(document: CompletionDocument, ask: Ask): Suggestion {
    const { selected } = ask;
    if (selected === undefined) return nothing('nothing-to-add');
    const before = document.text.slice(selected.start, ask.offset);
    if (!selected.text.startsWith(before)) return nothing('nothing-to-add');
    const place = document.placeAt(selected.start);
    const suffixKey = document.text.suffixKey(selected.end);
    const fits = this.#cache.fits({ ...place, suffixKey, tail: place.tail + selected.text });
    const fit = fits.find((f) => f.rest !== '');
    if (fit === undefined) return nothing(this.#whyNothing());
    const restOfLine = document.restOfLine(selected.end);
    const text =
      selected.text +
      shownPart(
        fit.rest,
        document.text.slice(selected.start - LOOK_BACK, selected.start) + selected.text,
        restOfLine,
      ).text;
    return {
      kind: 'show',
      id: `w${fit.answer.requestId}`,
      text,
      start: selected.start,
      end: selected.end,
      track: 'local',
      source: 'cache',
      complete: fit.answer.state === 'done',
    };
  }

  #show(
    caret: Caret,
    text: string,
    restOfLine: string,
    fit: Fit | undefined,
    from: 'model' | 'instant' | 'same',
  ): Suggestion {
    const { document, offset } = caret;
    const requestId = fit?.answer.requestId;
    const { id, track } = this.#screen.show({
      documentId: document.id,
      languageId: document.languageId,
      offset,
      text,
      from,
      ...(requestId !== undefined && { requestId }),
    });
    const streaming = fit?.answer.state === 'streaming';
    const source =
      from === 'same' ? 'typed-along' : from === 'instant' ? 'instant' : streaming ? 'stream' : 'cache';
    return {
      kind: 'show',
      id,
      text,
      start: offset,
      end: offset + replacedChars(text, restOfLine),
      track,
      source,
      complete: !streaming,
    };
  }

  #whyNothing(): NothingReason {
    if (this.#dispatcher.isUnderWay) return 'waiting-for-model';
    if (this.#dispatcher.model === undefined) return 'no-model';
    if (this.#dispatcher.paused) return 'paused';
    return this.#dispatcher.isResting ? 'model-failing' : 'nothing-to-add';
  }

  /** Text came from the model: answers who waits for it, or has the editor ask again. */
  #grew(): void {
    if (this.#waiting !== undefined) {
      this.#answerWaiting();
      return;
    }
    const caret = this.#caret;
    if (caret === undefined) return;
    for (const listener of this.#refreshListeners) listener(caret.document.id);
  }

  #answerWaiting(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    const now = this.#suggest(waiting.ask);
    if (now.kind === 'nothing' && now.reason === 'waiting-for-model') return;
    this.#waiting = undefined;
    waiting.resolve(now);
  }

  #moveTo(caret: Caret | undefined): void {
    this.#supersede();
    this.#screen.clear();
    if (this.#caret !== undefined) this.#instant?.left(this.#caret.document.id, this.#caret.document.text);
    this.#caret = caret;
    this.#dispatcher.moveTo(caret);
  }

  #supersede(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(nothing('superseded'));
  }

  #emit(event: CompletionEvent): void {
    this.#stats.count(event);
    for (const listener of this.#eventListeners) listener(event);
  }
}

const nothing = (reason: NothingReason): Suggestion => ({ kind: 'nothing', reason });
