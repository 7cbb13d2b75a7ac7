import { operator } from '../core/operator';
import { DATA, RESOLVED } from '../core/protocol';
import type { Store, StoreOperator, StoreOptions } from '../core/types';
import { passOn } from './pass-on';

/** Sums up: each value goes with the sum so far through `reducer`. A new subscription starts from `seed` again. */
export function scan<A, B>(
  reducer: (sum: B, value: A) => B,
  seed: B,
  opts?: StoreOptions,
): StoreOperator<A, B> {
  return (input: Store<A>) => {
    let sum = seed;
    /** The value that `get()` counted last while nobody was subscribed, so that reading twice counts once. */
    let counted: { value: A } | undefined;
    return operator<B>(
      [input],
      (actions) => {
        sum = seed;
        counted = undefined;
        return (_dep, type, data) => {
          if (type !== DATA) {
            passOn(actions, type, data);
            return;
          }
          const next = reducer(sum, data as A);
          if (opts?.equals?.(sum, next) === true) {
            actions.signal(RESOLVED);
            return;
          }
          sum = next;
          actions.emit(sum);
        };
      },
      {
        kind: 'scan',
        name: opts?.name ?? 'scan',
        initial: seed,
        resetOnTeardown: true,
        getter: () => {
          const value = input.get();
          if (counted === undefined || !Object.is(counted.value, value)) {
            sum = reducer(sum, value);
            counted = { value };
          }
          return sum;
        },
      },
    );
  };
}
