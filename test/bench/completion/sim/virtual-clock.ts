import type { Clock } from '../../../../src/base/clock';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

const earlier = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Simulated time: nothing waits, every timer runs in order, and promises settle between two timers. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  /** A binary heap, the next timer at 0. */
  readonly #heap: Timer[] = [];

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, task: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, task, cancelled: false };
    this.#push(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** Runs every timer up to `end`, then stands at `end`. */
  async runUntil(end: number): Promise<void> {
    await settle();
    for (;;) {
      const timer = this.#heap[0];
      if (timer === undefined || timer.at > end) break;
      this.#pop();
      if (timer.cancelled) continue;
      this.#now = timer.at;
      timer.task();
      await settle();
    }
    this.#now = end;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !earlier(timer, above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let least = left;
      if (right !== undefined && earlier(right, left)) {
        child++;
        least = right;
      }
      if (!earlier(least, last)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = last;
  }
}

/** Resolves when every promise that can go on has done so. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
