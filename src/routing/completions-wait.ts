import type { Policy } from './policy';
import type { ActiveRequest } from './yard';

/**
 * Whether completions would stand in line now: a local engine runs one request a model at a time, and the model that
 * completes is busy answering something longer. Ghost text then comes from what is already known, and says so.
 */
export function completionsWait(active: readonly ActiveRequest[], policy: Policy): boolean {
  const { complete } = policy.models;
  if (complete === undefined) return false;
  return active.some(
    ({ task, model }) =>
      task !== 'complete' &&
      model?.provider === complete.provider &&
      model.id === complete.id &&
      model.place === 'local',
  );
}
