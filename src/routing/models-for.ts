import type { ModelRef } from '../models/model';
import type { Policy } from './policy';
import type { Task } from './request';

/** The local model of a task: completions have their own, everything else shares the explaining one. */
export const localModelFor = (task: Task, policy: Policy): ModelRef | undefined =>
  task === 'complete' ? policy.models.complete : policy.models.explain;

/** The cloud model of a task, and so the baseline of what running it locally saves. */
export function cloudModelFor(task: Task, policy: Policy): ModelRef | undefined {
  const { cloudSmall, cloudRefactor, cloudAsk } = policy.models;
  switch (task) {
    case 'complete':
    case 'explain':
      return cloudSmall;
    case 'refactor':
      return cloudRefactor;
    case 'ask':
      return cloudAsk;
  }
}
