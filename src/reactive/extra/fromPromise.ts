import { producer } from '../core/producer';
import type { ProducerStore } from '../core/types';

/** The value of the promise, then the end; a rejection is an error. Who leaves before that hears nothing. */
export function fromPromise<T>(promise: Promise<T>): ProducerStore<T> {
  return producer<T>(
    ({ emit, complete, error }) => {
      let left = false;
      promise.then(
        (value) => {
          if (left) return;
          emit(value);
          complete();
        },
        (reason: unknown) => {
          if (!left) error(reason);
        },
      );
      return () => {
        left = true;
      };
    },
    { kind: 'fromPromise' },
  );
}
