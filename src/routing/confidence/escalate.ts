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
}

/**
 * Whether a local answer is doubted, and so sent on where a cloud may take it. Without confidence nothing escalates:
 * the task's default has decided. What the prompt foretold of the gain has had its say in that decision.
 */
export const shouldEscalate = ({ confidence, threshold }: EscalationQuestion): boolean =>
  confidence !== undefined && confidence < threshold;
