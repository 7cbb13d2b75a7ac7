import type { ModelRef } from '../../models/model';
import { TYPICAL_OUTPUT } from '../estimate';
import type { Task } from '../request';
import type { Typical } from './expectation';

/**
 * A cloud model before it has been called: between the medians of gpt-4o-mini (339 ms, 14.1 ms a token) and gpt-4o
 * (357 ms, 19.7 ms a token) in mzelling/rational-llm-cascades. The user's own calls soon outweigh it.
 */
const CLOUD = { firstTokenMs: 350, msPerToken: 17 };

/**
 * What so many calls of so many usual output tokens in all take before there is any history. How fast the user's own
 * machine is nobody can tell beforehand.
 */
export function typicalCalls({ place }: ModelRef, calls: number, outputTokens: number): Typical {
  if (place === 'local') return { outputTokens };
  return { outputTokens, ms: CLOUD.firstTokenMs * calls + CLOUD.msPerToken * outputTokens };
}

/** One call, of the task's usual size unless another is given. */
export const typicalCall = (task: Task, model: ModelRef, outputTokens = TYPICAL_OUTPUT[task]): Typical =>
  typicalCalls(model, 1, outputTokens);
