import type { FailureKind } from '../../models/failure';

/**
 * Whether a failure says that the track itself is in trouble. What the user can put right (a key, a model to pull,
 * a shorter context), what they did (cancel) and what the model judged (refused) says nothing about the track.
 */
export function isTrackFault(failure: FailureKind): boolean {
  switch (failure) {
    case 'unreachable':
    case 'timeout':
    case 'busy':
    case 'out-of-memory':
    case 'rate-limited':
    case 'overloaded':
    case 'protocol':
    case 'server':
      return true;
    case 'model-missing':
    case 'no-infill':
    case 'no-key':
    case 'bad-key':
    case 'no-credit':
    case 'spend-limit':
    case 'forbidden':
    case 'context-too-long':
    case 'refused':
    case 'invalid-request':
    case 'cancelled':
      return false;
  }
}

/** Short, for the status bar and a decision's reasons. */
export const FAULT_WORDS: Readonly<Partial<Record<FailureKind, string>>> = {
  unreachable: 'it cannot be reached',
  timeout: 'it does not answer in time',
  busy: 'its queue is full',
  'out-of-memory': 'it is out of memory',
  'rate-limited': 'it limits the rate of requests',
  overloaded: 'it is overloaded',
  protocol: 'its answers are broken',
  server: 'it reports errors',
};
