import { answerAt, wrongCode } from './answers';
import { CHARS_PER_TOKEN, Server, type Job, type ServerSettings } from './server';
import { toCome, type Step } from './typing';
import type { VirtualClock } from './virtual-clock';
import type { Trace } from '../traces/trace';

export interface SimRequest {
  /** Everything ahead of the prefix: other files, headings. */
  readonly context: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly maxTokens: number;
  /** llama.cpp's `t_max_predict_ms`. */
  readonly maxGenerationMs?: number;
}

/** One request, as the benchmark books it. */
export interface BookedRequest {
  readonly job: Job;
  /** Caret when it was made, and what was assumed to be typed on top (a speculative request). */
  readonly caret: number;
  readonly assumed: string;
  streamed: string;
  /** When its answer could no longer be of use, in ms; undefined while it could. */
  staleSince: number | undefined;
  staleUnaborted: boolean;
}

/** What the model needs to know of the moment it is asked. */
export interface Moment {
  readonly step: Step;
  readonly document: string;
}

/** Tail of the document by which a request's place in it is found. */
const ANCHOR = 240;
/** A stop at the server takes a moment to arrive: stale for longer than this is stale and not aborted. */
const ABORT_GRACE_MS = 60;

/** The model behind its server: knows what will be typed, and writes down who asked what. */
export class SimModel {
  readonly requests: BookedRequest[] = [];
  readonly #server: Server;
  moment: Moment | undefined;

  constructor(
    private readonly trace: Trace,
    private readonly clock: VirtualClock,
    settings: ServerSettings,
    private readonly accuracy: number,
  ) {
    this.#server = new Server(clock, settings);
  }

  async *complete(request: SimRequest, signal?: AbortSignal): AsyncGenerator<string> {
    if (signal?.aborted === true) return;
    const waiting: string[] = [];
    let end: 'done' | 'aborted' | 'failed' | undefined;
    let wake = (): void => undefined;
    const booked = this.#book(
      request,
      (text) => {
        waiting.push(text);
        wake();
      },
      (how) => {
        end = how;
        wake();
      },
    );
    const abort = (): void => this.#server.abort(booked.job);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#server.submit(booked.job);
      for (;;) {
        const text = waiting.shift();
        if (text !== undefined) yield text;
        else if (end !== undefined) break;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      if (end === 'failed') throw new Error('the simulated model died');
    } finally {
      signal?.removeEventListener('abort', abort);
      abort();
    }
  }

  /** To be called after the policy saw an edit or a caret move: marks what it should have stopped. */
  markStale(document: string, caret: number): void {
    for (const request of this.requests) {
      if (request.job.state === 'over' || request.job.aborted || request.staleSince !== undefined) continue;
      const typed = caret < request.caret ? undefined : document.slice(request.caret, caret);
      const expected = request.assumed + request.streamed;
      const alive = typed !== undefined && (expected.startsWith(typed) || typed.startsWith(expected));
      if (!alive) request.staleSince = this.clock.now();
    }
  }

  #book(
    request: SimRequest,
    onToken: (text: string) => void,
    onEnd: (end: 'done' | 'aborted' | 'failed') => void,
  ): BookedRequest {
    const place = this.#place(request.prefix);
    const booked: BookedRequest = {
      caret: place.caret,
      assumed: place.assumed,
      streamed: '',
      staleSince: undefined,
      staleUnaborted: false,
      job: {
        prompt: `${request.context}<PRE>${request.prefix}<SUF>${request.suffix}<MID>`,
        answer: this.#answer(place, request.maxTokens * CHARS_PER_TOKEN),
        maxGenerationMs: request.maxGenerationMs ?? Infinity,
        state: 'queued',
        sentTokens: 0,
        freshTokens: 0,
        aborted: false,
        onToken: (text) => {
          booked.streamed += text;
          onToken(text);
        },
        onEnd: (end) => {
          const since = booked.staleSince;
          if (end === 'done' && since !== undefined && this.clock.now() - since > ABORT_GRACE_MS)
            booked.staleUnaborted = true;
          onEnd(end);
        },
      },
    };
    this.requests.push(booked);
    return booked;
  }

  /** Where the request stands: the caret, and what it takes for typed beyond the document. */
  #place(prefix: string): { caret: number; assumed: string } {
    const { step, document } = this.#now();
    const tail = document.slice(Math.max(0, step.caret - ANCHOR), step.caret);
    const found = prefix.lastIndexOf(tail.slice(-Math.min(tail.length, prefix.length)));
    return {
      caret: step.caret,
      assumed: found < 0 ? '' : prefix.slice(found + Math.min(tail.length, prefix.length)),
    };
  }

  #answer(place: { caret: number; assumed: string }, maxChars: number): string {
    const { step } = this.#now();
    const rest = toCome(step);
    const offset = place.caret + place.assumed.length;
    if (rest === undefined) return wrongCode(this.trace, `slip${offset}`, '').slice(0, maxChars);
    if (!rest.startsWith(place.assumed)) return wrongCode(this.trace, `off${offset}`, '').slice(0, maxChars);
    return answerAt(this.trace, offset, rest.slice(place.assumed.length), this.accuracy, maxChars);
  }

  #now(): Moment {
    if (this.moment === undefined) throw new Error('the model was asked before the trace began');
    return this.moment;
  }
}
