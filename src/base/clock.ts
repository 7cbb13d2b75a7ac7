/** Time as a dependency, so that tests and benchmarks can run it by hand. */
export interface Clock {
  /** Milliseconds since 1970. May jump when the machine's clock is set; for what is written down. */
  now(): number;
  /** Milliseconds since some fixed point, never going back; for measuring and for deadlines. */
  monotonic(): number;
  /** Runs `task` once after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
