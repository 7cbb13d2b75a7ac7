import type { Clock } from '../../base/clock';
import type { Check, Evidence, LocalAnswer } from './check';

/** Longest a check may take, in ms: the editor's diagnostics need a second, on a busy machine two, and nobody waits longer. */
export const CHECK_LIMIT_MS = 2_500;

/** All checks side by side. One that throws, is too slow or is no longer wanted cannot say. */
export async function runChecks(
  checks: readonly Check[],
  answer: LocalAnswer,
  clock: Clock,
  signal: AbortSignal,
): Promise<Evidence[]> {
  return Promise.all(checks.map((check) => runCheck(check, answer, clock, signal)));
}

async function runCheck(
  check: Check,
  answer: LocalAnswer,
  clock: Clock,
  signal: AbortSignal,
): Promise<Evidence> {
  const cannotSay = (why: string): Evidence => ({ check: check.name, saw: `cannot say: ${why}` });
  const stop = new AbortController();
  try {
    const found = check.run(answer, stop.signal);
    // Most checks answer at once, and then no timer is started for them.
    if (!(found instanceof Promise)) return found;
    const stopped = whenStopped(stop, clock, signal);
    return await Promise.race([found, stopped.then(() => cannotSay('it took too long'))]);
  } catch {
    return cannotSay('it failed');
  } finally {
    stop.abort();
  }
}

/** Aborts `stop` when the time is up or `signal` is aborted; resolves once it is aborted, and leaves no timer. */
function whenStopped(stop: AbortController, clock: Clock, signal: AbortSignal): Promise<void> {
  const giveUp = (): void => stop.abort();
  const callOff = clock.after(CHECK_LIMIT_MS, giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  return new Promise((resolve) => {
    const end = (): void => {
      callOff();
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    if (stop.signal.aborted) end();
    else stop.signal.addEventListener('abort', end, { once: true });
  });
}
