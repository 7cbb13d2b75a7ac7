import type { Clock } from '../base/clock';
import type { ModelRef } from '../models/model';
import { NOTHING_TO_REPORT, type PrivacyReport } from '../privacy/report';
import type { Decision, Reason } from './decision';
import type { Attempt, Outcome, OutcomeResult } from './outcome';
import type { YardRequest } from './request';
import { openTicket, type OpenTicket } from './ticket';
import type { Ticket, TicketEvent } from './yard';

/** One request on its way: what has happened to it so far, and its one end. Holds prompts only through the request. */
export class Run {
  readonly request: YardRequest;
  decision: Decision;
  /** Milliseconds since 1970. */
  readonly at: number;
  private readonly attempts: Attempt[] = [];
  private readonly open: OpenTicket;
  private readonly stop = new AbortController();
  private privacy: PrivacyReport = NOTHING_TO_REPORT;
  private outcome: Outcome | undefined;
  private satisfied = false;
  /** Set before anything is sent to a cloud; a second sending could be billed twice. */
  sentToCloud = false;
  private under: ModelRef | undefined;

  constructor(
    request: YardRequest,
    decision: Decision,
    private readonly clock: Clock,
    /** Called when another model takes the request on. */
    private readonly onModel: () => void = () => undefined,
  ) {
    this.request = request;
    this.decision = decision;
    this.at = clock.now();
    this.under = decision.kind === 'run' ? decision.model : undefined;
    this.open = openTicket(request.id, {
      cancel: () => this.cancel(),
      enough: () => this.enough(),
    });
    this.open.tell({ type: 'decided', decision });
  }

  get ticket(): Ticket {
    return this.open.ticket;
  }

  /** Aborted when the request is no longer wanted. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /** A method, so that the compiler does not take an earlier answer for the present one. */
  isStopped(): boolean {
    return this.stop.signal.aborted;
  }

  /** Stopped by a reader who has all it wants. */
  wasEnough(): boolean {
    return this.satisfied;
  }

  get ended(): boolean {
    return this.outcome !== undefined;
  }

  cancel(): void {
    if (!this.ended) this.stop.abort();
  }

  enough(): void {
    if (this.ended || this.isStopped()) return;
    this.satisfied = true;
    this.stop.abort();
  }

  /** The model that has the request now, and before the first attempt the one decided on. */
  get model(): ModelRef | undefined {
    return this.under;
  }

  tell(event: Exclude<TicketEvent, { type: 'outcome' }>): void {
    this.open.tell(event);
    if (event.type !== 'attempt' || event.model === this.under) return;
    this.under = event.model;
    this.onModel();
  }

  /** Writes down an attempt that has ended, in the order they started. A second sample stays out of sight of the surface's own text. */
  record(attempt: Attempt): void {
    this.attempts.push(attempt);
    if (attempt.privacy !== undefined) this.privacy = attempt.privacy;
    if (attempt.role !== 'sample') this.tell({ type: 'attempt-ended', attempt });
  }

  reportPrivacy(report: PrivacyReport): void {
    this.privacy = report;
  }

  /** Adds what was learnt on the way to the decision's reasons. */
  note(reason: Reason): void {
    this.decision = { ...this.decision, reasons: [...this.decision.reasons, reason] };
  }

  /** The cloud could not answer and local had to: nothing was saved by that. */
  markForced(forced: 'no-key' | 'offline' | 'policy' | 'cap' | 'cloud-down', reason: Reason): void {
    this.note(reason);
    if (this.decision.kind === 'run') this.decision = { ...this.decision, forced };
  }

  /** The one end of the request; whoever comes second gets the first outcome. */
  finish(result: OutcomeResult): Outcome {
    if (this.outcome !== undefined) return this.outcome;
    const { id, task, features, redoOf } = this.request;
    const outcome: Outcome = {
      requestId: id,
      task,
      languageId: features.languageId,
      ...(redoOf !== undefined && { redoOf }),
      at: this.at,
      endedAt: this.clock.now(),
      decision: this.decision,
      attempts: [...this.attempts],
      result,
      privacy: this.privacy,
    };
    this.outcome = outcome;
    this.open.close(outcome);
    return outcome;
  }
}
