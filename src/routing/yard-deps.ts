import type { Store } from 'callbag-recharge';
import type { Clock } from '../base/clock';
import type { BudgetGate } from './budget';
import type { Evidence } from './checks/check';
import type { Combined } from './confidence/combine';
import type { Health } from './health/health';
import type { ModelDirectory, Policy } from './policy';
import type { Task } from './request';
import type { HistoryOf, PredictGain, PriceOf } from './world';

/** Adds up what the checks saw: to one confidence, and to what of it a user may be told. */
export type CombineEvidence = (task: Task, evidence: readonly Evidence[]) => Combined;

export type CapAnswer = 'allow-once' | 'local' | 'stop';

/** Everything the yard needs of the rest of the house. */
export interface YardDeps {
  readonly clock: Clock;
  readonly policy: Store<Policy>;
  readonly directory: ModelDirectory;
  readonly health: Health;
  readonly budget: BudgetGate;
  readonly price: PriceOf;
  /** By default `combineEvidence` of `confidence/`, without the user's own record. */
  readonly combine?: CombineEvidence;
  readonly predict?: PredictGain;
  readonly history?: HistoryOf;
  /** Asks the user once when a cap is reached; without it, `policy.atCap` holds from the start. */
  readonly askOverCap?: (question: CapQuestion) => Promise<CapAnswer>;
  /** One line about a fault of our own; never code, prompt text or keys. */
  readonly log?: (line: string) => void;
}

export interface CapQuestion {
  readonly requestId: string;
  readonly task: Task;
  readonly cap: 'day' | 'month';
  /** USD left under the cap, and what this request would take; absent where its price is unknown. */
  readonly leftUsd: number;
  readonly estimateUsd?: number;
}
