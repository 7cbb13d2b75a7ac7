import type { Policy } from './policy';
import type { Task } from './request';

/**
 * Confidence under which a local answer is doubted, per task and target. Starting points, moved by the user's own
 * settings: an explanation read by a person may be less certain than code that is put in place. A completion is
 * judged by the user at a glance and never doubted.
 */
const BY_TARGET: Readonly<Record<Policy['target'], Readonly<Record<Task, number>>>> = {
  thrifty: { complete: 0, explain: 0.3, refactor: 0.4, ask: 0.4 },
  balanced: { complete: 0, explain: 0.45, refactor: 0.55, ask: 0.55 },
  best: { complete: 0, explain: 0.65, refactor: 0.75, ask: 0.75 },
};

/**
 * Predicted gain of the cloud (difference of the chances of a right answer, -1 to 1) from which a request of a task
 * that is local by default goes to the cloud before anything is generated.
 */
const GAIN_BY_TARGET: Readonly<Record<Policy['target'], number>> = {
  thrifty: 0.6,
  balanced: 0.45,
  best: 0.3,
};

/** 0 to 1; the user's own threshold wins. */
export const confidenceThreshold = (policy: Policy, task: Task): number =>
  policy.thresholds[task] ?? BY_TARGET[policy.target][task];

/** -1 to 1. */
export const gainThreshold = (policy: Policy): number => GAIN_BY_TARGET[policy.target];
