import { operator } from '../core/operator';
import { DATA, RESOLVED } from '../core/protocol';
import type { Store } from '../core/types';
import { passOn } from './pass-on';

/**
 * Splits a stream: `[matching, notMatching]`, named `NAME:match` and `NAME:miss`. The side a value does not take says
 * RESOLVED, so both can meet again further down. A predicate that throws ends both with its error.
 */
export function route<T>(
  source: Store<T>,
  predicate: (value: T) => boolean,
  opts?: { name?: string },
): [Store<T | undefined>, Store<T | undefined>] {
  const name = opts?.name ?? 'route';
  return [
    side(source, predicate, `${name}:match`),
    side(source, (value) => !predicate(value), `${name}:miss`),
  ];
}

function side<T>(source: Store<T>, takes: (value: T) => boolean, name: string): Store<T | undefined> {
  return operator<T | undefined>(
    [source],
    (actions) => (_dep, type, data) => {
      if (type !== DATA) {
        passOn(actions, type, data);
        return;
      }
      const value = data as T;
      let taken: boolean;
      try {
        taken = takes(value);
      } catch (error) {
        actions.error(error);
        return;
      }
      if (taken) actions.emit(value);
      else actions.signal(RESOLVED);
    },
    { kind: 'route', name, getter: () => pull(source, takes) },
  );
}

function pull<T>(source: Store<T>, takes: (value: T) => boolean): T | undefined {
  try {
    const value = source.get();
    return takes(value) ? value : undefined;
  } catch {
    // The error reaches subscribers as END; an unfollowed side has just no value.
    return undefined;
  }
}
