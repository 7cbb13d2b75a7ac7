import { producer } from '../core/producer';
import { RESET } from '../core/protocol';
import { subscribe } from '../core/subscribe';
import type { StoreOperator } from '../core/types';

/**
 * The last value after `ms` milliseconds without another. What waits goes out when the input completes, and is lost
 * when it fails.
 */
export function debounce<A>(ms: number): StoreOperator<A, A | undefined> {
  return (input) =>
    producer<A>(
      ({ emit, error, complete, onSignal }) => {
        let waiting: { value: A; timer: ReturnType<typeof setTimeout> } | undefined;
        const cancel = (): void => {
          clearTimeout(waiting?.timer);
          waiting = undefined;
        };
        const flush = (): void => {
          const last = waiting;
          cancel();
          if (last !== undefined) emit(last.value);
        };
        const subscription = subscribe(
          input,
          (value) => {
            cancel();
            waiting = { value, timer: setTimeout(flush, ms) };
          },
          {
            onEnd: (failure) => {
              if (failure !== undefined) {
                cancel();
                error(failure);
                return;
              }
              flush();
              complete();
            },
          },
        );
        onSignal((signal) => {
          subscription.signal(signal);
          if (signal === RESET) cancel();
        });
        return () => {
          cancel();
          subscription.unsubscribe();
        };
      },
      { kind: 'debounce' },
    );
}
