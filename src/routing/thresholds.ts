import { thresholdFor } from './confidence/escalate';
import type { Policy } from './policy';
import type { Task } from './request';

/**
 * Predicted gain of the cloud (difference of the chances of a right answer, -1 to 1) from which a request of a task
 * that is local by default goes to the cloud before anything is generated. The measured kinds gain 0.36 on average.
 * `bench:day`, with all else equal: at 0.65, 0.5 and 0.4 (thrifty, balanced, best) 95.5, 98.1 and 100 % of the cloud's
 * quality, and 28.6, 31.2 and 23.3 explanations a day made twice. At 0.4 thrifty keeps 97.5 %, with 16 made twice, for
 * 0.1 cent more; balanced keeps 98.6 %, with 18, and is 5 % faster over the whole day. It stays above 0.36, so that
 * an explanation like any other starts on this machine; 0.35 would gain another 4 %. Best sends on next to everything
 * that was measured anyway: 0.25 spares the wait for it and a tenth of the day's mean latency, for the same money.
 */
const GAIN_BY_TARGET: Readonly<Record<Policy['target'], number>> = {
  thrifty: 0.4,
  balanced: 0.37,
  best: 0.25,
};

/** Confidence under which a local answer is doubted, 0 to 1; the user's own threshold wins. */
export const confidenceThreshold = (policy: Policy, task: Task): number =>
  policy.thresholds[task] ?? thresholdFor(task, policy.target);

/** -1 to 1. */
export const gainThreshold = (policy: Policy): number => GAIN_BY_TARGET[policy.target];
