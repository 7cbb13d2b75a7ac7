import type { Clock } from '../base/clock';
import { ModelError, type FailureKind } from '../models/failure';
import type { Finish, ModelEvent, ModelRef, TokenLogprob } from '../models/model';
import type { AttemptEnd } from './outcome';
import { NO_USAGE, type Timings, type Usage } from '../models/usage';

/** A whole answer of one call. */
export interface WholeAnswer {
  readonly text: string;
  readonly finish: Finish;
  readonly logprobs: readonly TokenLogprob[];
}

/** How one call went, apart from what its answer is worth. */
export interface Call {
  readonly model: ModelRef;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly usage: Usage;
  readonly timings: Timings;
  /** The server sent at least one piece of text. */
  readonly started: boolean;
  readonly end:
    { readonly kind: 'answered'; readonly answer: WholeAnswer } | Failed | { readonly kind: 'cancelled' };
}

/** How a call or a whole request failed. */
export interface Failed {
  readonly kind: 'failed';
  readonly failure: FailureKind;
  readonly message: string;
  /** What the provider asked us to wait, in ms; as it came. */
  readonly retryAfterMs?: number;
}

/** Reads one model call to its end. Never throws: every end is a value. `onText` gets each piece as it comes. */
export async function readCall(
  model: ModelRef,
  call: () => AsyncIterable<ModelEvent>,
  clock: Clock,
  onText: (text: string) => void,
): Promise<Call> {
  const startedAt = clock.now();
  const start = clock.monotonic();
  const pieces: string[] = [];
  const logprobs: TokenLogprob[] = [];
  let firstTokenMs: number | undefined;
  const measured = (): Timings => ({
    ...(firstTokenMs !== undefined && { firstTokenMs }),
    totalMs: clock.monotonic() - start,
  });
  const common = { model, startedAt };
  try {
    for await (const event of call()) {
      if (event.type === 'end') {
        const answer: WholeAnswer = { text: pieces.join(''), finish: event.finish, logprobs };
        const { usage, timings } = event;
        return { ...common, usage, timings, started: pieces.length > 0, end: { kind: 'answered', answer } };
      }
      firstTokenMs ??= clock.monotonic() - start;
      pieces.push(event.text);
      for (const logprob of event.logprobs ?? []) logprobs.push(logprob);
      onText(event.text);
    }
    throw new ModelError('protocol', 'The answer stopped without its end.');
  } catch (error) {
    const failure = asModelError(error);
    return {
      ...common,
      usage: failure.detail.usage ?? NO_USAGE,
      timings: failure.detail.timings ?? measured(),
      started: pieces.length > 0,
      end: failure.kind === 'cancelled' ? { kind: 'cancelled' } : failedWith(failure),
    };
  }
}

/** How an attempt's end is written down: a reader who had enough got an answer. */
export function attemptEnd(call: Call, wasEnough: boolean): AttemptEnd {
  const { end, started } = call;
  if (end.kind === 'answered') return { kind: 'answered', finish: end.answer.finish };
  if (end.kind === 'failed') return { kind: 'failed', failure: end.failure, message: end.message };
  return wasEnough && started ? { kind: 'answered', finish: 'stop' } : { kind: 'cancelled' };
}

export const failedWith = ({ kind, message, detail: { retryAfterMs } }: ModelError): Failed => ({
  kind: 'failed',
  failure: kind,
  message,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

/** A fault of our own must not leave through the message either: it could hold a prompt. */
export function asModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new ModelError('invalid-request', `The request could not be made (${name}).`, { cause: error });
}
