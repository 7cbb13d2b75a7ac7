import type { ModelRef } from '../../models/model';
import { TYPICAL_OUTPUT } from '../estimate';
import type { Task } from '../request';
import type { Typical } from './expectation';

/**
 * A cloud model before it has been called: between the medians of gpt-4o-mini (339 ms, 14.1 ms a token) and gpt-4o
 * (357 ms, 19.7 ms a token) in mzelling/rational-llm-cascades. The user's own calls soon outweigh it.
 */
const CLOUD = { firstTokenMs: 350, msPerToken: 17 };

/** What a call takes before there is any history. How fast the user's own machine is nobody can tell beforehand. */
export function typicalCall(task: Task, { place }: ModelRef): Typical {
  const outputTokens = TYPICAL_OUTPUT[task];
  if (place === 'local') return { outputTokens };
  return { outputTokens, ms: CLOUD.firstTokenMs + CLOUD.msPerToken * outputTokens };
}
