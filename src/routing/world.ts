import type { ModelRef } from '../models/model';
import type { Usage } from '../models/usage';
import type { BudgetState } from './budget';
import type { Reason } from './decision';
import type { TrackHealth } from './health';
import type { Policy } from './policy';
import type { RequestFeatures, Task } from './request';

/** What one call of a model costs in USD; undefined where the model has no known price. Local models cost 0. */
export type PriceOf = (model: ModelRef, usage: Usage) => number | undefined;

/** What past calls tell about the next one of this kind; absent figures are unknown. */
export interface Expectation {
  readonly outputTokens?: number;
  /** Milliseconds until the whole answer is there. */
  readonly ms?: number;
}

/** `usualOutputTokens`: what a request of this size usually takes; without it, one of the usual size. */
export type HistoryOf = (task: Task, model: ModelRef, usualOutputTokens?: number) => Expectation | undefined;

/** Predicted gain of going to the cloud: chance of a right answer there minus here, -1 to 1; undefined: cannot say. */
export type PredictGain = (
  features: RequestFeatures,
  task: Task,
) => { readonly gain: number; readonly reasons: readonly Reason[] } | undefined;

/** All that a decision rests on beside the request. Every function answers at once and changes nothing. */
export interface World {
  readonly policy: Policy;
  readonly budget: BudgetState;
  /** The user has been asked about the cap that is reached now; from then on `policy.atCap` holds. */
  readonly askedAboutCap: boolean;
  /** False where the model's provider is not set up (no key, no endpoint). */
  readonly isSetUp: (model: ModelRef) => boolean;
  readonly health: (model: ModelRef) => TrackHealth;
  readonly price: PriceOf;
  readonly predict?: PredictGain;
  readonly history?: HistoryOf;
}
