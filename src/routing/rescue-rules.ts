import type { FailureKind } from '../models/failure';
import type { Failed } from './attempt';
import type { FailedLocally } from './local-attempt';
import type { Task } from './request';

/** Why the track chosen first gave no answer; what a request's `rescue()` hears. */
export type Trouble = { readonly track: 'local'; readonly failed: FailedLocally } | CloudTrouble;

/** `cap`: the budget's cap is reached, and the answer to that is the local track. */
export type CloudTrouble = { readonly track: 'cloud'; readonly failed: Failed } | { readonly track: 'cap' };

/** Whether another model can do better than a local attempt that failed so. */
export const canAnotherTakeOver = ({ failure, started }: FailedLocally, task: Task): boolean =>
  // Half a completion stands in the text already, and what another model writes does not carry it on.
  failure !== 'cancelled' && !(started && task === 'complete');

/** Whether the engine behind a local attempt is gone, so that another one on this machine should have a try. */
export const isEngineGone = ({ failure }: Failed): boolean => failure === 'unreachable';

/**
 * Whether a local model should answer where the cloud failed so: only when the cloud was out of reach or closed to
 * us, and nothing of its answer is on the screen yet.
 */
export function canLocalTakeOver(failure: FailureKind, started: boolean): boolean {
  if (started) return false;
  switch (failure) {
    case 'unreachable':
    case 'timeout':
    case 'busy':
    case 'overloaded':
    case 'rate-limited':
    case 'server':
    case 'no-key':
    case 'bad-key':
    case 'no-credit':
    case 'spend-limit':
    case 'forbidden':
      return true;
    case 'model-missing':
    case 'no-infill':
    case 'out-of-memory':
    case 'context-too-long':
    case 'refused':
    case 'invalid-request':
    case 'protocol':
    case 'cancelled':
      return false;
  }
}
