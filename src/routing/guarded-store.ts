import type { Store } from 'callbag-recharge';

const START = 0;

/** The same store, with each listener on its own: one that throws neither stops the others nor the graph. */
export function guardedStore<T>(store: Store<T>, onError: () => void): Store<T> {
  return {
    get: () => store.get(),
    source(type: number, payload?: unknown) {
      if (type !== START || typeof payload !== 'function') {
        store.source(type, payload);
        return;
      }
      store.source(START, (kind: number, data?: unknown) => {
        try {
          (payload as (kind: number, data?: unknown) => void)(kind, data);
        } catch (error) {
          // The handshake is the caller's own business.
          if (kind === START) throw error;
          onError();
        }
      });
    },
  };
}
