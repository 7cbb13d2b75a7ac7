import type { CallOptions, Deadline } from '../models/model';
import type { Task } from '../routing/request';

/**
 * Local deadlines allow for a model being loaded from disk (tens of seconds for a large one on a laptop) before the
 * first token; cloud ones are what a person waits before they look for the fault.
 */
const LOCAL: Deadline = { firstTokenMs: 90_000, idleMs: 30_000, totalMs: 300_000 };
const LOCAL_COMPLETION: Deadline = { firstTokenMs: 20_000, idleMs: 5_000, totalMs: 30_000 };
const CLOUD: Deadline = { firstTokenMs: 30_000, idleMs: 30_000, totalMs: 300_000 };

/** Tokens a rewrite may take over what it replaces: names get longer, types and comments are added. */
const REWRITE_GROWTH = 3;

/** How a task is asked of a local and of a cloud model. `subjectTokens`: estimated tokens of the code it is about. */
export function callOptions(
  task: Task,
  subjectTokens: number,
): { readonly local: CallOptions; readonly cloud: CallOptions } {
  switch (task) {
    case 'complete': {
      const shape = { maxOutputTokens: 128, temperature: 0, logprobs: true } as const;
      return {
        local: { ...shape, deadline: LOCAL_COMPLETION },
        cloud: { maxOutputTokens: 128, deadline: LOCAL_COMPLETION, effort: 'low' },
      };
    }
    case 'explain':
      return {
        local: { maxOutputTokens: 1024, temperature: 0.2, logprobs: true, deadline: LOCAL },
        cloud: { maxOutputTokens: 1500, effort: 'low', deadline: CLOUD },
      };
    case 'refactor': {
      // Thinking counts as output; a model that thinks needs room besides the code itself.
      const code = Math.max(512, Math.ceil(subjectTokens * REWRITE_GROWTH));
      return {
        local: { maxOutputTokens: Math.min(code, 4096), temperature: 0.1, logprobs: true, deadline: LOCAL },
        cloud: {
          maxOutputTokens: Math.min(code + 4096, 32_000),
          effort: subjectTokens > 1500 ? 'medium' : 'low',
          deadline: CLOUD,
        },
      };
    }
    case 'ask':
      return {
        local: { maxOutputTokens: 1500, temperature: 0.2, logprobs: true, deadline: LOCAL },
        cloud: { maxOutputTokens: 12_000, effort: 'medium', deadline: CLOUD },
      };
  }
}

/** How much code goes along, in UTF-16 units (about four to a token): what the task needs, not what would fit. */
export const CONTEXT_CHARS: Readonly<
  Record<Exclude<Task, 'complete'>, { readonly local: number; readonly cloud: number }>
> = {
  explain: { local: 8_000, cloud: 16_000 },
  refactor: { local: 8_000, cloud: 24_000 },
  ask: { local: 16_000, cloud: 240_000 },
};
