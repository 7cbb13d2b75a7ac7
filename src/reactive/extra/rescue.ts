import { producer } from '../core/producer';
import { RESET } from '../core/protocol';
import type { Store, StoreOperator } from '../core/types';
import { InnerSubscription } from './inner-subscription';

/**
 * When the input fails, goes on with the store that `fn(error)` returns, for good; when that one fails, `fn` is asked
 * again. So a stream of requests must be rescued request by request, inside the inner store.
 */
export function rescue<A>(fn: (error: unknown) => Store<A>): StoreOperator<A, A> {
  return (input) =>
    producer<A>(
      ({ emit, complete, onSignal }) => {
        const active = new InnerSubscription<A>();
        const follow = (store: Store<A>): void =>
          active.follow(store, emit, (error) => {
            if (error === undefined) {
              complete();
              return;
            }
            const fallback = fn(error);
            // `undefined` is the value of a store that has none yet.
            const present = fallback.get() as A | undefined;
            if (present !== undefined) emit(present);
            follow(fallback);
          });
        follow(input);
        onSignal((signal) => {
          if (signal === RESET) follow(input);
          active.signal(signal);
        });
        return () => active.drop();
      },
      { kind: 'rescue', initial: input.get() },
    );
}
