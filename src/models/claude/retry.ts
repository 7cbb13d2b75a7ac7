import type { Clock } from '../../base/clock';
import type { ModelError } from '../failure';

/** Longest pause before the one retry; longer ones are the user's to decide. In ms. */
const LONGEST_PAUSE_MS = 3000;

/**
 * How long to wait before trying a call again, in ms; undefined for never. There is one retry, and only where nothing
 * can have been billed and the server itself asks for it: it turned the request away (429, 529) and named a short
 * wait. No retry after a broken connection or a deadline: the first request may still be running, and costing.
 */
export function pauseBeforeRetry(meaning: ModelError): number | undefined {
  if (meaning.kind !== 'rate-limited' && meaning.kind !== 'overloaded') return undefined;
  // Without a status it was an error in mid-stream: that answer had begun.
  if (meaning.detail.status === undefined) return undefined;
  const wait = meaning.detail.retryAfterMs;
  return wait === undefined || wait > LONGEST_PAUSE_MS ? undefined : wait;
}

/** Waits, or ends at once when `signal` aborts. */
export function wait(ms: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
