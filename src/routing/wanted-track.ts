import type { Complexity, Reason } from './decision';
import type { RequestFeatures, Task, YardRequest } from './request';
import { TASK_WORDS } from './task-words';
import { gainThreshold } from './thresholds';
import type { World } from './world';

/** Where a request should go if every track were free, and how firmly. */
export interface Wish {
  readonly track: 'local' | 'cloud';
  /** `override`: for this one request; `fixed`: by a setting; `auto`: by the table and the evidence. */
  readonly by: 'override' | 'fixed' | 'auto';
  readonly reasons: readonly Reason[];
}

const WORDS: Readonly<Record<'local' | 'cloud', string>> = { local: 'the local model', cloud: 'the cloud' };

/** The user's wish for this one request, then the setting, then the table and the evidence. */
export function wantedTrack(request: DecidableRequest, world: World, complexity: Complexity): Wish {
  const { task, override } = request;
  if (override !== undefined) {
    const text =
      request.redoOf === undefined
        ? `you asked for ${WORDS[override]} for this request`
        : `you asked for this answer again from ${WORDS[override]}`;
    return { track: override, by: 'override', reasons: [{ code: 'override', text }] };
  }
  const fixed = world.policy.tracks[task];
  if (fixed !== 'auto') {
    const text = `your settings send ${TASK_WORDS[task]} to ${WORDS[fixed]}`;
    return { track: fixed, by: 'fixed', reasons: [{ code: 'fixed-track', text }] };
  }
  return automaticTrack(task, request.features, world, complexity);
}

/** What `decide` needs of a request. */
export type DecidableRequest = Pick<
  YardRequest,
  'task' | 'features' | 'options' | 'override' | 'redoOf' | 'instant'
>;

/** The table without override, setting or obstacle. */
export function automaticTrack(
  task: Task,
  features: RequestFeatures,
  world: World,
  complexity: Complexity,
): Wish {
  switch (task) {
    case 'complete':
      return auto(
        'local',
        'task-default',
        'completions stay on this machine: they must be fast and are many',
      );
    case 'explain':
      if (complexity.level === 'complex') {
        return auto('cloud', 'complex-explanation', 'a complex explanation goes to the cloud at once');
      }
      return (
        cloudByGain(features, world) ??
        auto('local', 'task-default', 'explanations start on this machine, where they are free')
      );
    case 'refactor':
      return (
        localByPermission(features, world, complexity) ??
        auto('cloud', 'task-default', 'refactorings go to the cloud, which gets clearly more of them right')
      );
    case 'ask':
      return auto('cloud', 'task-default', 'questions over several files go to the cloud');
  }
}

const auto = (track: Wish['track'], code: string, text: string, more: readonly Reason[] = []): Wish => ({
  track,
  by: 'auto',
  reasons: [{ code, text }, ...more],
});

function cloudByGain(features: RequestFeatures, world: World): Wish | undefined {
  const predicted = world.predict?.(features, 'explain');
  if (predicted === undefined || predicted.gain <= gainThreshold(world.policy, 'explain')) return undefined;
  return auto('cloud', 'predicted-gain', 'the cloud is likely to do clearly better', predicted.reasons);
}

/**
 * Where the user allows it: simple edits, and others of which little more is to be expected from the cloud. Wrong edits
 * cost more than wrong words, so no complex one runs here, however the prediction looks.
 */
function localByPermission(
  features: RequestFeatures,
  world: World,
  complexity: Complexity,
): Wish | undefined {
  if (!world.policy.simpleRefactorsMayRunLocally || complexity.level === 'complex') return undefined;
  if (complexity.level === 'simple') {
    return auto('local', 'simple-refactor', 'a simple edit, and you allow those to run on this machine');
  }
  const predicted = world.predict?.(features, 'refactor');
  if (predicted === undefined || predicted.gain > gainThreshold(world.policy, 'refactor')) return undefined;
  return auto(
    'local',
    'small-predicted-gain',
    'the cloud is not likely to do much better, and you allow such edits to run on this machine',
    predicted.reasons,
  );
}
