import type { Clock } from './clock';

/** `work` at its first call, and then at most once in each span of `ms`; calls in between are let go. */
export function atMostEvery(ms: number, work: () => void, clock: Clock): () => void {
  let last = -Infinity;
  return () => {
    if (clock.monotonic() - last < ms) return;
    last = clock.monotonic();
    work();
  };
}
