import { producer } from '../core/producer';
import type { ProducerStore } from '../core/types';

type Iterated<T> = AsyncIterable<T> | (() => AsyncIterable<T>);

function iteratorOf<T>(source: Iterated<T>): AsyncIterator<T> {
  const iterable = typeof source === 'function' ? source() : source;
  return iterable[Symbol.asyncIterator]();
}

function leaveEarly<T>(iterator: AsyncIterator<T>): void {
  // Nobody is left to hear what goes wrong while it winds up.
  Promise.resolve(iterator.return?.()).catch(() => undefined);
}

/**
 * Each value as it comes, then the end. The iterator is told (`return`) when the last subscriber leaves. It can be
 * subscribed to anew after its end; for that, give a function that makes a fresh iterable.
 */
export function fromAsyncIter<T>(source: Iterated<T>): ProducerStore<T> {
  return producer<T>(
    ({ emit, complete, error }) => {
      let iterator: AsyncIterator<T> | undefined;
      let finished = false;

      const pull = async (): Promise<void> => {
        try {
          iterator = iteratorOf(source);
          for (;;) {
            const result = await iterator.next();
            if (finished) return;
            if (result.done === true) break;
            emit(result.value);
          }
          finished = true;
          complete();
        } catch (failure) {
          if (finished) return;
          finished = true;
          error(failure);
        }
      };
      void pull();

      return () => {
        if (finished) return;
        finished = true;
        if (iterator !== undefined) leaveEarly(iterator);
      };
    },
    { kind: 'fromAsyncIter', resubscribable: true },
  );
}
