import type { Policy } from '../policy';
import type { Task } from '../request';
import { MEASURED_THRESHOLDS } from './measured';

/**
 * Confidence under which a local answer goes to the cloud, 0 to 1. From published outcomes of reading and writing
 * exercises: the threshold that kept 90 % (thrifty), 96 % (balanced) or 99 % (best) of the quality of sending
 * everything to the cloud. Completions are judged by the user at a glance and never escalate.
 */
export function thresholdFor(task: Task, target: Policy['target']): number {
  return task === 'complete' ? 0 : MEASURED_THRESHOLDS[target][task === 'refactor' ? 'refactor' : 'explain'];
}

export interface EscalationQuestion {
  /** Absent where the checks cannot say. */
  readonly confidence?: number;
  readonly threshold: number;
  /** Predicted gain of the cloud for this request, and the mean gain of its kind; absent: unknown. */
  readonly gain?: { readonly predicted: number; readonly usual: number };
}

/** What a prompt tells about the gain may move the threshold this far. */
const GAIN_REACH = 0.1;

/**
 * Whether to send a local answer on. The value of escalating is what the cloud would get right beyond the local
 * answer: where the prompt promises more gain than usual a slightly surer answer escalates too, and the other way
 * round. Without confidence nothing escalates: the task's default has decided.
 */
export function shouldEscalate({ confidence, threshold, gain }: EscalationQuestion): boolean {
  if (confidence === undefined) return false;
  const moved =
    gain === undefined ? 0 : Math.max(-GAIN_REACH, Math.min(GAIN_REACH, (gain.predicted - gain.usual) / 2));
  return confidence < threshold + moved;
}
