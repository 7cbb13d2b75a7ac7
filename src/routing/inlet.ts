import type { WritableStore } from 'callbag-recharge';

/**
 * Feeds values from outside into the graph one at a time, each after the one before it has gone all the way. Without
 * it, values set inside a `batch()`, or by somebody who is just hearing another value, would overtake and hide each
 * other: a store only has one current value.
 */
export class Inlet<T> {
  private readonly waiting: T[] = [];
  private draining = false;

  constructor(
    private readonly store: WritableStore<T | undefined>,
    private readonly onError: () => void,
  ) {}

  push(value: T): void {
    this.waiting.push(value);
    if (this.draining) return;
    this.draining = true;
    // In a microtask nobody else's propagation or batch is under way.
    queueMicrotask(() => this.drain());
  }

  private drain(): void {
    for (let value = this.waiting.shift(); value !== undefined; value = this.waiting.shift()) {
      try {
        this.store.set(value);
      } catch {
        this.onError();
      }
    }
    this.draining = false;
  }
}
