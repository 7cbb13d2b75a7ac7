import { systemClock, type Clock } from '../../../src/base/clock';

/** The system's clock, which somebody sets every now and then; time that is measured goes on steadily. Counts its timers. */
export class JumpingClock implements Clock {
  #offsetMs = 0;
  #pending = 0;

  now(): number {
    return systemClock.now() + this.#offsetMs;
  }

  monotonic(): number {
    return systemClock.monotonic();
  }

  after(ms: number, task: () => void): () => void {
    let waits = true;
    const over = (): void => {
      if (waits) this.#pending -= 1;
      waits = false;
    };
    this.#pending += 1;
    const stop = systemClock.after(ms, () => {
      over();
      task();
    });
    return () => {
      over();
      stop();
    };
  }

  /** Timers that have neither run nor been called off. */
  get pending(): number {
    return this.#pending;
  }

  jumpTo(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }
}
