import type { Clock } from '../../base/clock';
import { ModelError } from '../failure';

export interface QuestionLimits {
  readonly clock: Clock;
  /** In ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One short question to a server (its models, its version), under a deadline. Throws `ModelError`: `timeout`,
 * `cancelled`, or what `failure` makes of the error.
 */
export async function question<Answer>(
  server: string,
  limits: QuestionLimits,
  ask: (signal: AbortSignal) => Promise<Answer>,
  failure: (error: unknown) => ModelError,
): Promise<Answer> {
  const own = new AbortController();
  const late = new ModelError('timeout', `${server} did not answer within ${limits.timeoutMs / 1000} s.`);
  const stop = limits.clock.after(limits.timeoutMs, () => own.abort(late));
  const cancel = (): void => own.abort(new ModelError('cancelled', 'Cancelled.'));
  limits.signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (limits.signal?.aborted === true) cancel();
    own.signal.throwIfAborted();
    return await ask(own.signal);
  } catch (error) {
    throw own.signal.reason instanceof ModelError ? own.signal.reason : failure(error);
  } finally {
    stop();
    limits.signal?.removeEventListener('abort', cancel);
  }
}
