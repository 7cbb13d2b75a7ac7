import type { Clock } from '../base/clock';
import type { ContextFile } from '../models/model';
import type { Answer, AnswerCache, Fit } from './cache';
import type { Caret } from './document';
import { Flight, type FlightEnd } from './flight';
import { mayCompleteBefore } from './filters/rest-of-line';
import { readAnswer } from './prompt/read-answer';
import type { Rhythm } from './rhythm';
import type { Syntax } from './syntax';
import { extend, keyOf } from './text/rolling-hash';
import type { CompletionEvent, CompletionModel } from './types';
import { whenToAsk, type LastKey } from './when-to-ask';

// 64 tokens are some 250 characters; a small model is rarely right for longer (at 0.98 a character: once in 150).
const MAX_TOKENS = 64;
/** After so many failures in a row the model gets a rest, longer each time, up to a minute. */
const FAILURES_TO_REST = 3;
const REST_MS = 5_000;
const MAX_REST_MS = 60_000;

export interface DispatcherDeps {
  readonly clock: Clock;
  readonly cache: AnswerCache;
  readonly rhythm: Rhythm;
  readonly syntax: Syntax;
  readonly contextFor: (caret: Caret) => readonly ContextFile[];
  readonly emit: (event: CompletionEvent) => void;
  /** Text came that fits at the caret. */
  readonly grew: () => void;
  /** The request at the caret is over and left nothing to wait for. */
  readonly landed: () => void;
}

/** Sends requests to the model: one at a time, none that is not wanted, and stops those that no longer are. */
export class Dispatcher {
  model: CompletionModel | undefined;
  paused = false;
  #caret: Caret | undefined;
  #flight: Flight | undefined;
  #cancelDelay: (() => void) | undefined;
  #lastKey: LastKey = 'asked';
  #order = 0;
  #failures = 0;
  #restUntil = -Infinity;

  constructor(private readonly deps: DispatcherDeps) {}

  /** A request is under way whose answer may fit at the caret, or is about to be. */
  get isUnderWay(): boolean {
    return this.#cancelDelay !== undefined || (this.#flight !== undefined && this.#isWanted(this.#flight));
  }

  get isResting(): boolean {
    return this.deps.clock.monotonic() < this.#restUntil;
  }

  /** The caret is there now; undefined where it is not known. Stops what is of no use there. */
  moveTo(caret: Caret | undefined): void {
    this.#caret = caret;
    this.#cancelDelay?.();
    this.#cancelDelay = undefined;
    if (this.#flight !== undefined && !this.#isWanted(this.#flight)) this.#flight.stop('stale');
  }

  /** Asks the model, if it is time to. */
  plan(lastKey: LastKey): void {
    const caret = this.#caret;
    this.#lastKey = lastKey;
    if (caret === undefined || this.model === undefined || this.paused || this.isResting) return;
    if (caret.document.excluded || !mayCompleteBefore(caret.document.restOfLine(caret.offset))) return;
    const fit = this.deps.cache.fits(caret.document.placeAt(caret.offset)).find((f) => f.rest !== '');
    const decision = whenToAsk({
      askedInVain: this.#answerAt(caret, '')?.text === '',
      known: fit && { rest: fit.rest, typed: fit.typed, state: fit.answer.state },
      underWay: this.#flight !== undefined && this.#isWanted(this.#flight),
      lastKey,
      rhythm: this.deps.rhythm,
    });
    if (decision.kind === 'now') this.#startAfter(decision.delayMs);
    else if (decision.kind === 'ahead') this.#startAhead(caret, fit, decision.assumed);
  }

  dispose(): void {
    this.moveTo(undefined);
  }

  #startAfter(delayMs: number): void {
    const caret = this.#caret;
    if (this.#cancelDelay !== undefined || caret === undefined) return;
    if (delayMs <= 0) {
      this.#start(caret, '', 'now');
      return;
    }
    this.#cancelDelay = this.deps.clock.after(delayMs, () => {
      this.#cancelDelay = undefined;
      this.plan('asked');
    });
  }

  #startAhead(caret: Caret, fit: Fit | undefined, assumed: number): void {
    const text = fit?.rest.slice(0, assumed) ?? '';
    if (this.#answerAt(caret, text) === undefined) this.#start(caret, text, 'ahead');
  }

  /** The answer to the very same question, if it was asked before. */
  #answerAt({ document, offset }: Caret, assumed: string): Answer | undefined {
    const prefixKey = keyOf(extend(document.text.prefixHash(offset), assumed));
    return this.deps.cache.at(prefixKey, document.text.suffixKey(offset));
  }

  #start(caret: Caret, assumed: string, purpose: 'now' | 'ahead'): void {
    const { model } = this;
    if (model === undefined) return;
    const { document, offset } = caret;
    const place = document.text.prefixHash(offset);
    const window = document.window.at(document.text, offset, assumed);
    const singleLine = document.restOfLine(offset).trim() !== '';
    const id = `c${++this.#order}`;
    const answer: Answer = {
      requestId: id,
      prefixKey: keyOf(extend(place, assumed)),
      suffixKey: document.text.suffixKey(offset),
      order: this.#order,
      text: '',
      state: 'streaming',
    };
    const { path, languageId, lineEnd } = document;
    const around = { lineEnd, languageId, ...window, singleLine, syntax: this.deps.syntax };
    const origin = { documentId: document.id, caret: offset, prefixKey: keyOf(place), assumed };
    const request = {
      id,
      context: this.deps.contextFor(caret),
      path,
      languageId,
      ...window,
      maxTokens: MAX_TOKENS,
      singleLine,
      purpose,
    };
    const flight = new Flight(request, answer, origin, this.deps.clock, {
      read: (raw) => readAnswer(raw, around),
      grew: (grown) => this.#grew(grown),
      ended: (over, end, firstTextMs) => this.#landed(over, end, firstTextMs),
    });
    this.#flight?.stop('stale');
    this.#flight = flight;
    this.deps.cache.add(answer);
    this.deps.emit({ type: 'request', requestId: id, purpose });
    void flight.run(model);
  }

  #grew(flight: Flight): void {
    if (this.#isWanted(flight)) this.deps.grew();
    else flight.stop('stale');
  }

  #landed(flight: Flight, end: FlightEnd, firstTextMs: number | undefined): void {
    if (this.#flight === flight) this.#flight = undefined;
    if (firstTextMs !== undefined) this.deps.rhythm.answered(firstTextMs);
    if (flight.answer.text === '' && end !== 'done') this.deps.cache.remove(flight.answer);
    this.#noteHealth(end);
    const chars = flight.answer.text.length;
    this.deps.emit({
      type: 'request-ended',
      requestId: flight.request.id,
      end,
      chars,
      ...(firstTextMs !== undefined && { firstTextMs }),
    });
    // What was asked for since, and had to wait for the slot, or what the wrong answer left open.
    if (end === 'stale' && this.#flight === undefined && this.#cancelDelay === undefined)
      this.plan(this.#lastKey);
    if (!this.isUnderWay) this.deps.landed();
  }

  #noteHealth(end: FlightEnd): void {
    if (end === 'stale') return;
    this.#failures = end === 'failed' ? this.#failures + 1 : 0;
    if (this.#failures < FAILURES_TO_REST) return;
    const rest = Math.min(MAX_REST_MS, REST_MS * 2 ** (this.#failures - FAILURES_TO_REST));
    this.#restUntil = this.deps.clock.monotonic() + rest;
  }

  #isWanted(flight: Flight): boolean {
    if (this.#caret === undefined) return false;
    const { document, offset } = this.#caret;
    const { origin } = flight;
    if (origin.documentId !== document.id || offset < origin.caret) return false;
    if (document.text.suffixKey(offset) !== flight.answer.suffixKey) return false;
    if (keyOf(document.text.prefixHash(origin.caret)) !== origin.prefixKey) return false;
    return flight.fits(document.text.slice(origin.caret, offset));
  }
}
