import { thresholdFor } from './confidence/escalate';
import type { Policy } from './policy';
import type { Task } from './request';

/**
 * Predicted gain of the cloud (difference of the chances of a right answer, -1 to 1) over which a request goes to the
 * cloud before anything is generated; up to it the local model goes first, with checks and the cloud behind it.
 *
 * Explanations: the measured kinds gain 0.36 on average; under no target does that alone move them off this machine: it
 * takes a text or a habit that says more. Refactors, where the user allows any on this machine: the measured kind gains
 * 0.42 on average, so a text or a habit has to say that the cloud would do little better; under "best" none does.
 * `bench:day` with balanced: 98.8 % of the cloud's quality, and 97.1 % with the refactors that may run here.
 */
const GAIN_BY_TARGET = {
  explain: { thrifty: 0.65, balanced: 0.37, best: 0.36 },
  refactor: { thrifty: 0.36, balanced: 0.32, best: -1 },
} as const satisfies Readonly<Record<GainTask, Readonly<Record<Policy['target'], number>>>>;

/** Tasks of which a predicted gain decides where they start. */
export type GainTask = Extract<Task, 'explain' | 'refactor'>;

export const isGainTask = (task: string): task is GainTask => Object.hasOwn(GAIN_BY_TARGET, task);

/** Confidence under which a local answer is doubted, 0 to 1; the user's own threshold wins. */
export const confidenceThreshold = (policy: Policy, task: Task): number =>
  policy.thresholds[task] ?? thresholdFor(task, policy.target);

/** -1 to 1. */
export const gainThreshold = (policy: Policy, task: GainTask): number => GAIN_BY_TARGET[task][policy.target];
