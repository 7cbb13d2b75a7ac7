import type { Store } from 'callbag-recharge';
import type { Attempt, Feedback, Outcome } from './outcome';
import type { Decision, Estimate, Reason } from './decision';
import type { ModelRef } from '../models/model';
import type { GraphView } from './graph-view';
import type { DecidableRequest } from './wanted-track';
import type { Task, Track, YardRequest } from './request';
import type { AttemptRole } from './outcome';

/** What a surface hears of its own request, in order; `outcome` is always the last, and always comes. */
export type TicketEvent =
  | { readonly type: 'decided'; readonly decision: Decision }
  | { readonly type: 'attempt'; readonly role: AttemptRole; readonly track: Track; readonly model: ModelRef }
  /** Text of the attempt announced last. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'attempt-ended'; readonly attempt: Attempt }
  /** A rescue follows; what was written so far stays where it is. */
  | {
      readonly type: 'rescue';
      readonly role: 'fallback' | 'escalation';
      readonly to: ModelRef;
      readonly reasons: readonly Reason[];
      readonly estimate: Estimate;
    }
  | { readonly type: 'outcome'; readonly outcome: Outcome };

export interface Ticket {
  readonly id: string;
  /** For one reader; events that came before reading began are kept. */
  readonly events: AsyncIterable<TicketEvent>;
  readonly outcome: Promise<Outcome>;
  /** Stops the request at the server at once. Nothing happens when it has ended. */
  cancel(): void;
  /**
   * The reader has all it wants: stops the server like `cancel`, but what has come counts as the answer. Also for a
   * user who stops an escalation because the local answer will do.
   */
  enough(): void;
}

/** A request that has no outcome yet. */
export interface ActiveRequest {
  readonly id: string;
  readonly task: Task;
  /** Of the attempt under way, and before the first as decided; absent for a refusal that is about to end. */
  readonly track?: Track;
  readonly model?: ModelRef;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** The whole way of a request, from decision to outcome. */
export interface Yard {
  submit(request: YardRequest): Ticket;
  /** The decision such a request would get now; nothing is sent, and nothing is remembered. */
  forecast(request: DecidableRequest): Decision;
  /** Each outcome as it comes; undefined before the first. */
  readonly outcomes: Store<Outcome | undefined>;
  /** What is under way, for the status bar. */
  readonly active: Store<readonly ActiveRequest[]>;
  feedback(feedback: Feedback): void;
  /** Each piece of feedback as it comes. */
  readonly feedbacks: Store<Feedback | undefined>;
  /** The routing graph with its live values, as plain data without code or prompt text. */
  graphView(): GraphView;
  /** Cancels what runs; every running request still gets its outcome. */
  dispose(): void;
}
