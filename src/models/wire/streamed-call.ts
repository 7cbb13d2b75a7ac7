import type { Clock } from '../../base/clock';
import { ModelError } from '../failure';
import type { CallOptions, Finish, ModelEvent, TokenLogprob } from '../model';
import { NO_USAGE, type Timings, type Usage } from '../usage';
import { Deadlines, describeDeadline, type DeadlineName } from './deadlines';

/** What a provider reads off its stream. */
export type Piece =
  | { readonly type: 'text'; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  /** The model generates, but nothing for the reader (thinking). */
  | { readonly type: 'thinking' }
  | {
      readonly type: 'end';
      readonly finish: Finish;
      readonly usage: Usage;
      readonly timings?: Partial<Timings>;
    };

export interface Received {
  readonly characters: number;
  /** Pieces of text. */
  readonly pieces: number;
}

/** One provider's side of one call. */
export interface CallSource {
  /** Opens the connection and reads it. Must close it when `signal` aborts. `alive` tells that bytes came. */
  open(signal: AbortSignal, alive: () => void): AsyncIterable<Piece>;
  /** What the call has used by now, for calls that end early; undefined where nothing can have been billed. */
  usageSoFar(received: Received): Usage | undefined;
  /** What an error thrown by `open` means. */
  failure(error: unknown): ModelError;
}

/**
 * Most characters a token can stand for, on average over an answer: code is 3 to 4, deep indentation 8.
 * Beyond `maxOutputTokens` times this (and some slack for short limits) the server ignores the limit, and we end it.
 */
const MAX_CHARACTERS_PER_TOKEN = 16;
const SLACK_CHARACTERS = 1000;
/** After the last event the connection gets this long to end by itself, so that it can be used again. In ms. */
const DRAIN_MS = 1000;

/**
 * One model call as a stream of events, with our own deadlines and an abort that takes effect at once, whatever
 * the client library underneath does. The connection opens at the first `next()`, and is then read as fast as it
 * comes: a slow reader neither looks like a silent server nor hides the usage that came last.
 */
export function streamedCall(
  source: CallSource,
  options: CallOptions,
  signal: AbortSignal,
  clock: Clock,
): AsyncIterable<ModelEvent> {
  return { [Symbol.asyncIterator]: () => new StreamedCall(source, options, signal, clock) };
}

type Waiter = { resolve(result: IteratorResult<ModelEvent>): void; reject(error: ModelError): void };
const DONE: IteratorResult<ModelEvent> = { done: true, value: undefined };

const CANCELLED = new ModelError('cancelled', 'Cancelled.');

class StreamedCall implements AsyncIterator<ModelEvent> {
  readonly #connection = new AbortController();
  readonly #queue: ModelEvent[] = [];
  readonly #waiting: Waiter[] = [];
  #state: 'idle' | 'running' | 'ended' = 'idle';
  #cancelling = false;
  #failure: ModelError | undefined;
  /** The provider's own figures, once they have come. */
  #usage: Usage | undefined;
  #deadlines: Deadlines | undefined;
  #stopDraining: (() => void) | undefined;
  #startedAt = 0;
  #firstTokenMs: number | undefined;
  #characters = 0;
  #pieces = 0;

  constructor(
    private readonly source: CallSource,
    private readonly options: CallOptions,
    private readonly signal: AbortSignal,
    private readonly clock: Clock,
  ) {}

  next(): Promise<IteratorResult<ModelEvent>> {
    if (this.#state === 'idle') this.#start();
    const event = this.#queue.shift();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.#failure !== undefined) {
      const failure = this.#failure;
      this.#failure = undefined;
      return Promise.reject(failure);
    }
    if (this.#state === 'ended') return Promise.resolve(DONE);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** The reader left: closes the connection at once, also while a `next()` is pending. */
  return(): Promise<IteratorResult<ModelEvent>> {
    this.#queue.length = 0;
    this.#failure = undefined;
    if (this.#state === 'running') {
      this.#end();
      this.#connection.abort();
    }
    this.#state = 'ended';
    for (const waiter of this.#waiting.splice(0)) waiter.resolve(DONE);
    return Promise.resolve(DONE);
  }

  #start(): void {
    this.#state = 'running';
    this.#startedAt = this.clock.monotonic();
    if (this.signal.aborted) {
      this.#fail(CANCELLED);
      return;
    }
    this.signal.addEventListener('abort', this.#cancelled, { once: true });
    this.#deadlines = new Deadlines(this.clock, this.options.deadline, (name) => this.#expired(name));
    void this.#read();
  }

  async #read(): Promise<void> {
    try {
      const pieces = this.source.open(this.#connection.signal, () => this.#deadlines?.alive());
      for await (const piece of pieces) {
        if (this.#state === 'running') this.#take(piece);
        if (this.#connection.signal.aborted) return;
      }
      if (this.#state === 'running')
        this.#fail(new ModelError('protocol', 'The answer ended before it was complete.'));
    } catch (error) {
      if (this.#state === 'running') this.#fail(this.source.failure(error));
    } finally {
      this.#stopDraining?.();
    }
  }

  #take(piece: Piece): void {
    this.#deadlines?.speaking();
    if (piece.type === 'thinking') return;
    if (piece.type === 'end') {
      this.#usage = piece.usage;
      if (this.#cancelling) return;
      this.#finish(piece.finish, piece.usage, piece.timings);
      this.#drain();
      return;
    }
    if (piece.text === '') return;
    this.#firstTokenMs ??= this.clock.monotonic() - this.#startedAt;
    this.#characters += piece.text.length;
    this.#pieces += 1;
    if (this.#cancelling) return;
    this.#push({ ...piece });
    if (this.#characters > this.options.maxOutputTokens * MAX_CHARACTERS_PER_TOKEN + SLACK_CHARACTERS) {
      this.#finish('length', this.#usageSoFar() ?? { ...NO_USAGE, estimated: true });
      this.#connection.abort();
    }
  }

  #finish(finish: Finish, usage: Usage, timings?: Partial<Timings>): void {
    const end: ModelEvent = { type: 'end', finish, usage, timings: { ...this.#timings(), ...timings } };
    this.#end();
    this.#push(end);
    for (const waiter of this.#waiting.splice(0)) waiter.resolve(DONE);
  }

  #push(event: ModelEvent): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#queue.push(event);
    else waiter.resolve({ done: false, value: event });
  }

  /**
   * Takes effect one turn of the event loop later: what the connection has already delivered is read to its end first,
   * because it may hold the provider's own figures, and a whole message is billed as one, heard or not.
   */
  readonly #cancelled = (): void => {
    if (this.#state !== 'running' || this.#cancelling) return;
    this.#cancelling = true;
    // Nobody reads on after a cancel: what has not been taken is given up.
    this.#queue.length = 0;
    setImmediate(() => this.#fail(CANCELLED));
  };

  #expired(name: DeadlineName): void {
    this.#fail(new ModelError('timeout', describeDeadline(name, this.options.deadline)));
  }

  /** A server that stays on the line after its last event is hung up on. */
  #drain(): void {
    this.#stopDraining = this.clock.after(DRAIN_MS, () => this.#connection.abort());
  }

  /** Ends the call with a failure that carries what was used; the connection is closed whatever the reason. */
  #fail(reason: ModelError): void {
    if (this.#state !== 'running') return;
    const usage = this.#usageSoFar();
    // Whatever else goes wrong in the turn between asking to cancel and being cancelled, the user cancelled.
    const { kind, message } = this.#cancelling ? CANCELLED : reason;
    const failure = new ModelError(kind, message, {
      ...(usage === undefined ? {} : { usage }),
      timings: this.#timings(),
      ...reason.detail,
    });
    this.#end();
    // Where the provider has counted already, the answer is made and billed: nothing is left to stop.
    if (usage?.estimated === false) this.#drain();
    else this.#connection.abort();
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#failure = failure;
    else waiter.reject(failure);
    for (const other of this.#waiting.splice(0)) other.resolve(DONE);
  }

  #usageSoFar(): Usage | undefined {
    if (this.#usage !== undefined) return this.#usage;
    return this.source.usageSoFar({ characters: this.#characters, pieces: this.#pieces });
  }

  #timings(): Timings {
    const totalMs = this.clock.monotonic() - this.#startedAt;
    return this.#firstTokenMs === undefined ? { totalMs } : { firstTokenMs: this.#firstTokenMs, totalMs };
  }

  #end(): void {
    this.#state = 'ended';
    this.#deadlines?.stop();
    this.signal.removeEventListener('abort', this.#cancelled);
  }
}
