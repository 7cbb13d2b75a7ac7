import { producer } from '../core/producer';
import { RESET } from '../core/protocol';
import { subscribe } from '../core/subscribe';
import type { Store } from '../core/types';

/** How the inner stores of one outer store are followed: newest only, or one after the other. */
export interface Inners<A> {
  readonly active: boolean;
  next(value: A): void;
  clear(): void;
}

export interface InnerActions<B> {
  emit: (value: B) => void;
  error: (error: unknown) => void;
  /** The last inner store has completed. */
  idle: () => void;
}

/**
 * What switchMap, concatMap and flat share: the outer store is followed, an error of either side ends all, and the end
 * comes when the outer store and the last inner one have completed.
 */
export function flatten<A, B>(
  outer: Store<A>,
  kind: string,
  opts: { initial?: B } | undefined,
  makeInners: (actions: InnerActions<B>) => Inners<A>,
): Store<B | undefined> {
  return producer<B>(
    ({ emit, error, complete, onSignal }) => {
      let outerDone = false;
      const inners = makeInners({
        emit,
        error,
        idle: () => {
          if (outerDone) complete();
        },
      });
      const subscription = subscribe(outer, (value) => inners.next(value), {
        onEnd: (failure) => {
          if (failure !== undefined) {
            error(failure);
            return;
          }
          outerDone = true;
          if (!inners.active) complete();
        },
      });
      onSignal((signal) => {
        subscription.signal(signal);
        if (signal !== RESET) return;
        inners.clear();
        outerDone = false;
      });
      return () => {
        inners.clear();
        subscription.unsubscribe();
      };
    },
    { kind, ...opts },
  );
}
