import { operator } from '../core/operator';
import { DATA, RESOLVED } from '../core/protocol';
import type { StoreOperator, StoreOptions } from '../core/types';
import { passOn } from './pass-on';

/** Only the values that pass; `get()` holds the last of them, `undefined` before the first. */
export function filter<A>(
  predicate: (value: A) => boolean,
  opts?: StoreOptions,
): StoreOperator<A, A | undefined> {
  return (input) => {
    let last: A | undefined;
    const pull = (): A | undefined => {
      const value = input.get();
      if (predicate(value)) last = value;
      return last;
    };
    return operator<A | undefined>(
      [input],
      (actions) => (_dep, type, data) => {
        if (type !== DATA) {
          passOn(actions, type, data);
          return;
        }
        const value = data as A;
        const kept = !predicate(value) || opts?.equals?.(last, value) === true;
        if (kept) {
          actions.signal(RESOLVED);
          return;
        }
        last = value;
        actions.emit(value);
      },
      { kind: 'filter', name: opts?.name ?? 'filter', initial: pull(), getter: pull },
    );
  };
}
