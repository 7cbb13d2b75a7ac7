import { producer, subscribe, type Store } from 'callbag-recharge';

interface Subscription {
  unsubscribe(): void;
}

/**
 * Runs the inner store of every value side by side and passes on all that they emit; nothing is ever dropped.
 * (`flat` of callbag-recharge 0.29.0 keeps only the newest inner store, like `switchMap`.) Unsubscribing stops all.
 */
export function concurrently<A, B>(
  outer: Store<A | undefined>,
  inner: (value: A) => Store<B | undefined>,
  options: { readonly name: string },
): Store<B | undefined> {
  return producer<B | undefined>(
    ({ emit }) => {
      const running = new Set<Subscription>();
      const source = subscribe(outer, (value) => {
        if (value === undefined) return;
        const slot: { subscription?: Subscription; ended: boolean } = { ended: false };
        // May be called before `subscribe` returns, by an inner store that ends at once.
        const onEnd = (): void => {
          slot.ended = true;
          if (slot.subscription !== undefined) running.delete(slot.subscription);
        };
        const subscription = subscribe(
          inner(value),
          (result) => {
            if (result !== undefined) emit(result);
          },
          { onEnd },
        );
        slot.subscription = subscription;
        if (!slot.ended) running.add(subscription);
      });
      return () => {
        source.unsubscribe();
        for (const subscription of running) subscription.unsubscribe();
      };
    },
    { name: options.name },
  );
}
