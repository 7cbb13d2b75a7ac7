import { abortable } from './abortable';
import type { ReserveResult, Reservation } from './budget';
import type { Estimate } from './decision';
import type { AttemptRole } from './outcome';
import type { Run } from './run';
import type { YardContext } from './yard-context';

export type Hold =
  /** `reservation` is absent where the user allowed the request and the gate still would not hold it. */
  | { readonly kind: 'held'; readonly reservation?: Reservation }
  | { readonly kind: 'stay-local' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'cancelled' };

/**
 * Holds the estimate of a cloud call against the caps. Over the cap the user is asked once; afterwards the policy's
 * answer holds. A rescue is never asked about: there is a local answer, or a local fault to tell about.
 */
export async function reserveBudget(
  run: Run,
  estimate: Estimate,
  role: AttemptRole,
  context: YardContext,
): Promise<Hold> {
  const first = await tryReserve(run, estimate, context);
  if (first === 'cancelled') return { kind: 'cancelled' };
  if (first === 'broken') return { kind: 'stop' };
  if (first.kind === 'reserved') return { kind: 'held', reservation: first.reservation };
  const insists = run.request.override === 'cloud';
  if (role !== 'first') return { kind: 'stay-local' };
  if (context.askOverCap === undefined || (context.cap.wasAsked(first.cap) && !insists)) {
    return context.policy.get().atCap === 'local' ? { kind: 'stay-local' } : { kind: 'stop' };
  }
  context.cap.remember(first.cap);
  const { id, task } = run.request;
  const { usd } = estimate;
  const question = { requestId: id, task, cap: first.cap, leftUsd: first.leftUsd };
  const asked = context.askOverCap({ ...question, ...(usd !== undefined && { estimateUsd: usd }) });
  const answer = await abortable(asked, run.signal).catch(() => 'stop' as const);
  if (answer === 'aborted') return { kind: 'cancelled' };
  if (answer === 'stop') return { kind: 'stop' };
  if (answer === 'local') return { kind: 'stay-local' };
  const second = await tryReserve(run, estimate, context, { allowOverCap: true });
  if (second === 'cancelled') return { kind: 'cancelled' };
  if (second === 'broken' || second.kind === 'over-cap') return { kind: 'held' };
  return { kind: 'held', reservation: second.reservation };
}

async function tryReserve(
  run: Run,
  estimate: Estimate,
  context: YardContext,
  options?: { readonly allowOverCap: boolean },
): Promise<ReserveResult | 'cancelled' | 'broken'> {
  // An unknown price reserves nothing; a cap that is reached stops it all the same.
  const asked = context.budget.reserve(run.request.id, estimate.usd ?? 0, options);
  try {
    return await abortable(asked, run.signal, (late) => {
      if (late.kind === 'reserved') settle(late.reservation, 0, context);
    }).then((result) => (result === 'aborted' ? 'cancelled' : result));
  } catch {
    context.log('The budget could not be read or written.');
    return context.budget.state().level === 'none'
      ? { kind: 'reserved', reservation: NOTHING_HELD }
      : 'broken';
  }
}

const NOTHING_HELD: Reservation = { settle: () => Promise.resolve() };

/** Nobody waits for the books: a settlement that fails is only logged. */
export function settle(reservation: Reservation | undefined, spentUsd: number, context: YardContext): void {
  reservation?.settle(spentUsd).catch(() => context.log('A reservation could not be settled.'));
}
