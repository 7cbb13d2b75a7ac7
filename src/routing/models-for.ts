import type { ModelRef } from '../models/model';
import type { Policy } from './policy';
import type { Task } from './request';

/** The local model of a task: completions have their own, everything else shares the explaining one. */
export const localModelFor = (task: Task, policy: Policy): ModelRef | undefined =>
  task === 'complete' ? policy.models.complete : policy.models.explain;

/** A local model of another engine than the one that went away with `gone`. */
export function standbyFor(task: Task, policy: Policy, gone: ModelRef): ModelRef | undefined {
  const { standby = {} } = policy.models;
  // Somebody may have seen already that the engine is gone, and put the next one in its place.
  const inLine = [localModelFor(task, policy), task === 'complete' ? standby.complete : standby.explain];
  return inLine.find((model) => model !== undefined && model.provider !== gone.provider);
}

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
