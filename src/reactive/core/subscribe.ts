import { beginDeferredStart, endDeferredStart } from './deferred-start';
import { DATA, END, START, STATE, type Subscription, type Talkback } from './protocol';
import type { Store } from './types';

/** The value before the subscription; a store that has failed has none. */
function valueOf<T>(store: Store<T>): T | undefined {
  try {
    return store.get();
  } catch {
    // The failure itself arrives as END, at `onEnd`.
    return undefined;
  }
}

/**
 * Hears each value from now on, not the present one, with the value before it. `onEnd` gets the error, or nothing
 * if the store just completed.
 */
export function subscribe<T>(
  store: Store<T>,
  onValue: (value: T, previous: T | undefined) => void,
  opts?: { onEnd?: (error?: unknown) => void },
): Subscription {
  let talkback: Talkback | undefined;
  let previous: T | undefined;

  // Producers wait until the value before is known: they may emit at once.
  beginDeferredStart();
  try {
    store.source(START, (type: number, data?: unknown) => {
      if (type === START) {
        talkback = data as Talkback;
      } else if (type === DATA) {
        const before = previous;
        previous = data as T;
        onValue(previous, before);
      } else if (type === END) {
        talkback = undefined;
        opts?.onEnd?.(data);
      }
    });
    previous = valueOf(store);
  } finally {
    endDeferredStart();
  }

  return {
    unsubscribe() {
      const leave = talkback;
      talkback = undefined;
      leave?.(END);
    },
    signal(signal) {
      talkback?.(STATE, signal);
    },
  };
}
