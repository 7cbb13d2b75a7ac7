import type { Clock } from '../base/clock';
import type { Answer } from './cache';
import type { CompletionModel, FimRequest } from './types';

export type FlightEnd = 'done' | 'enough' | 'stale' | 'failed';

/** Where a request came from, to tell whether it is still of use. */
export interface Origin {
  readonly documentId: string;
  /** The caret when it was made, and the key of what stood before it. */
  readonly caret: number;
  readonly prefixKey: number;
  /** What it takes for typed beyond the caret: a request ahead. */
  readonly assumed: string;
}

export interface FlightReport {
  /** Reads what the model wrote so far; `stop` ends the request. */
  readonly read: (raw: string) => { readonly text: string; readonly stop: boolean };
  readonly grew: (flight: Flight) => void;
  readonly ended: (flight: Flight, end: FlightEnd, firstTextMs: number | undefined) => void;
}

/** One request on its way. */
export class Flight {
  readonly #abort = new AbortController();
  #stopped: 'enough' | 'stale' | undefined;

  constructor(
    readonly request: FimRequest,
    readonly answer: Answer,
    readonly origin: Origin,
    private readonly clock: Clock,
    private readonly report: FlightReport,
  ) {}

  /** Stops the request at the server. */
  stop(why: 'enough' | 'stale'): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = why;
    this.#abort.abort();
  }

  async run(model: CompletionModel): Promise<void> {
    const startedAt = this.clock.monotonic();
    let firstTextMs: number | undefined;
    let failed = false;
    let raw = '';
    try {
      for await (const piece of model.complete(this.request, this.#abort.signal)) {
        if (this.#stopped !== undefined) break;
        if (piece === '') continue;
        firstTextMs ??= this.clock.monotonic() - startedAt;
        raw += piece;
        const { text, stop } = this.report.read(raw);
        this.answer.text = text;
        if (stop) this.stop('enough');
        this.report.grew(this);
      }
    } catch {
      // The model's own failures are told by whoever wired it; here they only end the request.
      failed = this.#stopped === undefined;
    }
    const end = this.#stopped ?? (failed ? 'failed' : 'done');
    this.answer.state = end === 'done' || end === 'enough' ? 'done' : 'cut';
    this.report.ended(this, end, firstTextMs);
  }

  /** Whether its answer can still be of use with `typed` behind the caret it was made at. */
  fits(typed: string): boolean {
    const expected = this.origin.assumed + this.answer.text;
    return expected.startsWith(typed) || (this.answer.state === 'streaming' && typed.startsWith(expected));
  }
}
