import { thresholdFor } from './confidence/escalate';
import type { Policy } from './policy';
import type { Task } from './request';

/**
 * Predicted gain of the cloud (difference of the chances of a right answer, -1 to 1) from which a request of a task
 * that is local by default goes to the cloud before anything is generated. The measured kinds gain 0.36 on average.
 * `bench:day`, with all else equal: at 0.65, 0.5 and 0.4 (thrifty, balanced, best) 95.5, 98.1 and 100 % of the cloud's
 * quality. At 0.37 balanced would keep 98.6 % and be 5 % faster over the day, but then a single "ask Claude instead"
 * moves every later explanation off this machine; local is the promise, so it stays well above the mean.
 */
const GAIN_BY_TARGET: Readonly<Record<Policy['target'], number>> = {
  thrifty: 0.65,
  balanced: 0.5,
  best: 0.4,
};

/** Confidence under which a local answer is doubted, 0 to 1; the user's own threshold wins. */
export const confidenceThreshold = (policy: Policy, task: Task): number =>
  policy.thresholds[task] ?? thresholdFor(task, policy.target);

/** -1 to 1. */
export const gainThreshold = (policy: Policy): number => GAIN_BY_TARGET[policy.target];
