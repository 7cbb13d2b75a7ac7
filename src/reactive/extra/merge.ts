import { operator } from '../core/operator';
import { DATA, DIRTY, END, RESOLVED, type Signal, STATE } from '../core/protocol';
import type { Actions, Store } from '../core/types';

/** Every value of every source, as it comes. Ends with the last of them, or with the first error. */
export function merge<T>(...sources: Store<T>[]): Store<T | undefined> {
  return operator<T | undefined>(
    sources,
    (actions) => {
      const dirty = new Set<number>();
      let open = sources.length;
      return (dep, type, data) => {
        if (type === STATE) {
          onState(actions, dirty, dep, data);
          return;
        }
        if (type !== DATA && type !== END) return;
        dirty.delete(dep);
        if (type === DATA) {
          actions.emit(data as T);
          return;
        }
        if (data !== undefined) {
          actions.error(data);
          return;
        }
        open -= 1;
        if (open === 0) actions.complete();
      };
    },
    { kind: 'merge', name: 'merge' },
  );
}

/** DIRTY goes on once, for the first dirty source; RESOLVED when the last of them has settled without a value. */
function onState<T>(actions: Actions<T>, dirty: Set<number>, dep: number, signal: unknown): void {
  if (signal === DIRTY) {
    const first = dirty.size === 0;
    dirty.add(dep);
    if (first) actions.signal(DIRTY);
  } else if (signal === RESOLVED) {
    if (dirty.delete(dep) && dirty.size === 0) actions.signal(RESOLVED);
  } else {
    actions.signal(signal as Signal);
  }
}
