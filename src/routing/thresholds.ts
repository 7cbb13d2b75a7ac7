import { thresholdFor } from './confidence/escalate';
import type { Policy } from './policy';
import type { Task } from './request';

/**
 * Predicted gain of the cloud (difference of the chances of a right answer, -1 to 1) from which a request of a task
 * that is local by default goes to the cloud before anything is generated. The means of measured kinds lie near 0.36,
 * and a prompt's text moves them by 0.15 at most: so these ask for a text that clearly stands out, or for lessons
 * from the user, and leave the rest to the checks. Judgement, not measured.
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
