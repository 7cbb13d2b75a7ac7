import type { Clock } from '../../../src/base/clock';

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that stands still until it is turned. */
export class HandClock implements Clock {
  private time = 1_000_000;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, task: () => void): () => void {
    const timer = { at: this.time + ms, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Timers not yet due: 0 means that nothing was left behind. */
  get pending(): number {
    return this.timers.size;
  }

  /** Turns the clock on, running what falls due in between in order, and lets promises settle after each. */
  async turn(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.task();
      await settled();
    }
    this.time = until;
    await settled();
  }
}

/** Waits until all promises that can settle now have settled. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
