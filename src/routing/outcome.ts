import type { Finish, ModelRef } from '../models/model';
import type { FailureKind } from '../models/failure';
import type { Timings, Usage } from '../models/usage';
import type { PrivacyReport } from '../privacy/report';
import type { Evidence } from './checks/check';
import type { Decision, RefusalRule } from './decision';
import type { Task, Track } from './request';

/** Why this call was made. */
export type AttemptRole = 'first' | 'fallback' | 'escalation' | 'sample';

export type AttemptEnd =
  | { readonly kind: 'answered'; readonly finish: Finish }
  | { readonly kind: 'doubted'; readonly finish: Finish } // whole, but its confidence was under the threshold
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly message: string }
  | { readonly kind: 'cancelled' };

/** What a user may be told of how good an answer is: a probability only where it was calibrated. */
export type Belief =
  | {
      readonly shown: 'probability';
      /** Share of answers with such evidence that were good, 0 to 1. */
      readonly probability: number;
      /** From published outcomes, or from this user's own verdicts. */
      readonly by: 'published' | 'own';
      readonly words: readonly string[];
    }
  | { readonly shown: 'evidence'; readonly words: readonly string[] };

/** One call to one model. */
export interface Attempt {
  readonly role: AttemptRole;
  readonly track: Exclude<Track, 'instant'>;
  readonly model: ModelRef;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly usage: Usage;
  readonly timings: Timings;
  readonly end: AttemptEnd;
  readonly evidence: readonly Evidence[];
  /** The checks' combined belief, 0 to 1; absent when they could not say or did not run. */
  readonly confidence?: number;
  /** What of that belief may be shown; absent where nothing was combined, and in books from before it was kept. */
  readonly belief?: Belief;
  /** Only for cloud attempts. */
  readonly privacy?: PrivacyReport;
}

export type OutcomeResult =
  | { readonly kind: 'answered'; readonly track: Track }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly rule: RefusalRule }
  | {
      readonly kind: 'failed';
      readonly failure: FailureKind;
      readonly message: string;
      /** What the provider asked us to wait, in ms; as it came. */
      readonly retryAfterMs?: number;
    };

/** What became of a request. Every request has exactly one. Holds no code and no prompt text. */
export interface Outcome {
  readonly requestId: string;
  readonly task: Task;
  readonly languageId: string;
  readonly redoOf?: string;
  /** Milliseconds since 1970, when the request was made and when it ended. */
  readonly at: number;
  readonly endedAt: number;
  readonly decision: Decision;
  /** In the order they started; empty for instant answers and refusals. */
  readonly attempts: readonly Attempt[];
  readonly result: OutcomeResult;
  readonly privacy: PrivacyReport;
}

/** The attempt that words about a failed outcome are of: the first to fail, whatever then tried to take its place. */
export const tellingAttempt = ({ attempts }: Pick<Outcome, 'attempts'>): Attempt | undefined =>
  attempts.find(({ end, role }) => end.kind === 'failed' && role !== 'sample') ?? attempts.at(-1);

/**
 * The attempt whose answer the user was left with; absent where no model answered. A doubted answer stands where no
 * cloud took over; a second sample only judges.
 */
export const standingAttempt = ({
  attempts,
  result,
}: Pick<Outcome, 'attempts' | 'result'>): Attempt | undefined =>
  attempts.findLast(
    ({ role, track, end }) =>
      result.kind === 'answered' &&
      track === result.track &&
      role !== 'sample' &&
      (end.kind === 'answered' || end.kind === 'doubted'),
  );

/** What the user did with an answer, told later. */
export type Verdict = 'accepted' | 'partly-accepted' | 'rejected' | 'redone' | 'edited';

export interface Feedback {
  readonly requestId: string;
  readonly verdict: Verdict;
  readonly at: number;
}

/**
 * The verdict that an outcome gives on the request it redoes: only where the cloud's answer took its place. One that was
 * refused, stopped or failed leaves the earlier answer standing.
 */
export function redoVerdict({ redoOf, result, at }: Outcome): Feedback | undefined {
  return redoOf !== undefined && result.kind === 'answered' && result.track === 'cloud'
    ? { requestId: redoOf, verdict: 'redone', at }
    : undefined;
}
