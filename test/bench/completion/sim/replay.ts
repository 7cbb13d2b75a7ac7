import type { Edit, Policy, PolicyFactory } from '../policies/policy';
import type { Trace } from '../traces/trace';
import { SimModel, type BookedRequest } from './model';
import type { ServerSettings } from './server';
import { readTyping, toCome, type Step } from './typing';
import { settle, VirtualClock } from './virtual-clock';

/** VS Code asks its inline providers at the earliest so long after a key. */
const ASK_DELAY_MS = 50;

export interface ReplayResult {
  readonly traceId: string;
  readonly keys: number;
  readonly useful: number;
  readonly wrong: number;
  readonly flicker: number;
  /** Characters the instant track put on the screen first, and how many of them were then typed. */
  readonly instantChars: number;
  readonly instantRight: number;
  /** Milliseconds from each accepted completion to the next ghost text. */
  readonly acceptGapsMs: readonly number[];
  /** For every key, milliseconds until ghost text was on the screen again (0 where it stayed). */
  readonly ghostMs: readonly number[];
  readonly requests: readonly BookedRequest[];
}

/** A user accepts ghost text of this length or more, where all of it is right. */
const WORTH_ACCEPTING = 8;

/** Replays one trace against one policy, in virtual time, as VS Code would. */
export async function replay(
  trace: Trace,
  factory: PolicyFactory,
  server: ServerSettings,
  accuracy: number,
): Promise<ReplayResult> {
  const editor = new Editor(trace, factory, server, accuracy);
  for (const step of readTyping(trace)) await editor.play(step, step.event.t);
  return editor.end();
}

/**
 * The same, by a user who accepts what is right instead of typing it; the rest of the trace moves forward in
 * time. Gives the milliseconds from each acceptance to the next ghost text.
 */
export async function acceptGaps(
  trace: Trace,
  factory: PolicyFactory,
  server: ServerSettings,
  accuracy: number,
): Promise<readonly number[]> {
  const editor = new Editor(trace, factory, server, accuracy);
  const steps = readTyping(trace);
  let saved = 0;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step === undefined) break;
    const t = step.event.t - saved;
    const until = await editor.accept(steps, i, t);
    if (until === undefined) await editor.play(step, t);
    else {
      i = until;
      saved = (steps[until]?.event.t ?? 0) - t;
    }
  }
  return (await editor.end()).acceptGapsMs;
}

class Editor {
  readonly #clock = new VirtualClock();
  readonly #model: SimModel;
  readonly #policy: Policy;
  #document: string;
  #caret = 0;
  /** Counts edits and caret moves: an answer to an older one is dropped. */
  #version = 0;
  #ghost = '';
  #cancelAsk: (() => void) | undefined;
  /** Times of keys that left no ghost text behind, waiting for some. */
  #waiting: number[] = [];
  readonly #ghostMs: number[] = [];
  #keys = 0;
  #useful = 0;
  #wrong = 0;
  #flicker = 0;
  #instantChars = 0;
  #instantRight = 0;
  #acceptedAt: number | undefined;
  readonly #acceptGapsMs: number[] = [];

  constructor(
    private readonly trace: Trace,
    factory: PolicyFactory,
    server: ServerSettings,
    accuracy: number,
  ) {
    this.#document = trace.before;
    this.#model = new SimModel(trace, this.#clock, server, accuracy);
    this.#policy = factory({
      trace,
      clock: this.#clock,
      model: this.#model,
      document: () => this.#document,
      caret: () => this.#caret,
      askAgain: () => this.#ask(),
      noteInstant: (text) => this.#noteInstant(text),
    });
  }

  async play(step: Step, t: number): Promise<void> {
    const { event } = step;
    await this.#clock.runUntil(t);
    if ('cursor' in event) {
      if (event.cursor !== this.#caret) this.#moveCaret(step, event.cursor);
    } else this.#edit(step, { offset: event.at, deleted: event.del ?? 0, inserted: event.ins ?? '' });
    await settle();
    this.#model.markStale(this.#document, this.#caret);
  }

  /** Accepts the ghost text at step `i` where it is right; gives the step that typing would have got to. */
  async accept(steps: readonly Step[], i: number, t: number): Promise<number | undefined> {
    const step = steps[i];
    const last = steps[i - 1];
    if (step?.typing !== true || last === undefined) return undefined;
    await this.#clock.runUntil(t);
    if (this.#ghost.length < WORTH_ACCEPTING) return undefined;
    const target = last.typed + this.#ghost;
    const until = steps.findIndex((s, j) => j >= i && s.passage === step.passage && s.typed === target);
    const reached = steps[until];
    if (reached === undefined) return undefined;
    this.#acceptedAt = t;
    this.#edit(reached, { offset: this.#caret, deleted: 0, inserted: this.#ghost });
    await settle();
    return until;
  }

  async end(): Promise<ReplayResult> {
    await this.#clock.runUntil(this.#clock.now() + 1000);
    this.#policy.dispose?.();
    await settle();
    this.#giveUpWaiting();
    return {
      traceId: this.trace.id,
      keys: this.#keys,
      useful: this.#useful,
      wrong: this.#wrong,
      flicker: this.#flicker,
      instantChars: this.#instantChars,
      instantRight: this.#instantRight,
      acceptGapsMs: this.#acceptGapsMs,
      ghostMs: this.#ghostMs,
      requests: this.#model.requests,
    };
  }

  #moveCaret(step: Step, to: number): void {
    this.#caret = to;
    this.#version++;
    this.#ghost = '';
    this.#giveUpWaiting();
    this.#model.moment = { step, document: this.#document };
    this.#policy.caretMoved?.();
  }

  #edit(step: Step, edit: Edit): void {
    if (step.typing) this.#count(edit.inserted);
    const matches =
      edit.deleted === 0 && edit.offset === this.#caret && this.#ghost.startsWith(edit.inserted);
    this.#ghost = matches ? this.#ghost.slice(edit.inserted.length) : '';
    const doc = this.#document;
    this.#document = doc.slice(0, edit.offset) + edit.inserted + doc.slice(edit.offset + edit.deleted);
    this.#caret = step.caret;
    this.#version++;
    this.#model.moment = { step, document: this.#document };
    if (step.typing) this.#waiting.push(this.#clock.now());
    this.#settleWaiting();
    this.#policy.edited?.(edit);
    this.#cancelAsk?.();
    this.#cancelAsk = this.#clock.after(ASK_DELAY_MS, () => this.#ask());
  }

  #count(typed: string): void {
    this.#keys++;
    if (this.#ghost === '') return;
    if (this.#ghost.startsWith(typed)) this.#useful++;
    else this.#wrong++;
  }

  #ask(): void {
    const version = this.#version;
    const answer = this.#policy.provide();
    const take = (text: string | undefined): void => {
      if (version === this.#version) this.#show(text ?? '');
    };
    if (answer instanceof Promise) void answer.then(take);
    else take(answer);
  }

  #show(text: string): void {
    if (this.#ghost !== '' && !text.startsWith(this.#ghost)) this.#flicker++;
    this.#ghost = text;
    this.#settleWaiting();
  }

  #noteInstant(text: string): void {
    const step = this.#model.moment?.step;
    const rest = (step && toCome(step)) ?? '';
    this.#instantChars += text.length;
    let right = 0;
    while (right < text.length && text.charAt(right) === rest.charAt(right)) right++;
    this.#instantRight += right;
  }

  #settleWaiting(): void {
    if (this.#ghost === '') return;
    if (this.#acceptedAt !== undefined) this.#acceptGapsMs.push(this.#clock.now() - this.#acceptedAt);
    this.#acceptedAt = undefined;
    for (const since of this.#waiting) this.#ghostMs.push(this.#clock.now() - since);
    this.#waiting = [];
  }

  /** The caret went elsewhere, or the trace is over: no ghost text came for these keys. */
  #giveUpWaiting(): void {
    for (const since of this.#waiting) this.#ghostMs.push(this.#clock.now() - since);
    this.#waiting = [];
    this.#acceptedAt = undefined;
  }
}
