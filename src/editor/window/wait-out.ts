import { systemClock } from '../../base/clock';
import { durationWords } from '../../base/money-words';
import type { Outcome } from '../../routing/outcome';
import { withProgress } from './progress';

/** Where a server says that it is too busy but not for how long, in ms: long enough to be of use, and nobody leaves. */
const USUAL_WAIT_MS = 10_000;

/**
 * Waits until the server that turned this request away will hear us again: trying earlier only makes it wait longer.
 * Visible, and false where the user stops it.
 */
export async function waitedOut({ endedAt, result }: Outcome, clock = systemClock): Promise<boolean> {
  const asked = result.kind === 'failed' ? result.retryAfterMs : undefined;
  const left = endedAt + (asked ?? USUAL_WAIT_MS) - clock.now();
  if (left <= 0) return true;
  return withProgress(`Trying again in ${durationWords(left)}`, (cancelled) => {
    return new Promise((resolve) => {
      const callOff = clock.after(left, () => resolve(true));
      cancelled.addEventListener('abort', () => {
        callOff();
        resolve(false);
      });
    });
  });
}
