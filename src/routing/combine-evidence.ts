import type { Evidence } from './checks/check';
import type { Task } from './request';

/** Adds up what the checks saw to one belief that the answer is good, 0 to 1; undefined: they cannot say. */
export type CombineEvidence = (task: Task, evidence: readonly Evidence[]) => number | undefined;

/**
 * The plain combiner: the weakest of the decisive signs, since one clear fault (cut off, repeating, refused) spoils
 * an answer that is fine otherwise. Not calibrated: a belief to compare with a threshold, not a probability to show.
 */
export const weakestEvidence: CombineEvidence = (_task, evidence) => {
  const scores = evidence.flatMap(({ score }) => (score === undefined ? [] : [score]));
  return scores.length === 0 ? undefined : Math.min(...scores);
};
