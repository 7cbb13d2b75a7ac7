import { thresholdFor } from './confidence/escalate';
import type { Policy } from './policy';
import type { Task } from './request';

/**
 * Predicted gain of the cloud (difference of the chances of a right answer, -1 to 1) from which a request of a task
 * that is local by default goes to the cloud before anything is generated. The measured kinds of explanations gain 0.36
 * on average; under no target does that alone move them off this machine: it takes a prompt or a habit that says more.
 * `bench:day`, thrifty, balanced, best: 95.4, 99.0 and 100 % of the cloud's quality; balanced at 0.5 waits 3 % longer
 * over the day for 98 %.
 */
const GAIN_BY_TARGET: Readonly<Record<Policy['target'], number>> = {
  thrifty: 0.65,
  balanced: 0.38,
  best: 0.37,
};

/** Confidence under which a local answer is doubted, 0 to 1; the user's own threshold wins. */
export const confidenceThreshold = (policy: Policy, task: Task): number =>
  policy.thresholds[task] ?? thresholdFor(task, policy.target);

/** -1 to 1. */
export const gainThreshold = (policy: Policy): number => GAIN_BY_TARGET[policy.target];
