import { operator } from '../core/operator';
import { DATA, RESOLVED } from '../core/protocol';
import type { StoreOperator, StoreOptions } from '../core/types';
import { passOn } from './pass-on';

/** Each value through `fn`. With `equals`, a result equal to the one before is not passed on. */
export function map<A, B>(fn: (value: A) => B, opts?: StoreOptions): StoreOperator<A, B> {
  return (input) => {
    const initial = fn(input.get());
    return operator<B>(
      [input],
      (actions) => {
        let last = initial;
        return (_dep, type, data) => {
          if (type !== DATA) {
            passOn(actions, type, data);
            return;
          }
          const value = fn(data as A);
          if (opts?.equals?.(last, value) === true) {
            actions.signal(RESOLVED);
            return;
          }
          last = value;
          actions.emit(value);
        };
      },
      { kind: 'map', name: opts?.name ?? 'map', initial, getter: () => fn(input.get()) },
    );
  };
}
