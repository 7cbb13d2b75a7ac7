import { abortable } from './abortable';
import type { Reservation } from './budget';
import type { Estimate } from './decision';
import { settle } from './reserve';
import type { Run } from './run';
import type { YardContext } from './yard-context';

/** A reservation asked for while the privacy gate still reads the prompt: both wait for the disk, and neither for the other. */
export interface HoldAhead {
  /** The reservation, where there is one that covers `estimate`; without one, nothing is held by this any more. */
  take(estimate: Estimate): Promise<Reservation | undefined>;
  /** Nothing will be sent: what is held, or will be, is given back. */
  release(): void;
}

/** The gate alone takes milliseconds. One that takes longer shows a preview, and nothing is held while that is read. */
const LONGEST_MS = 1_000;

const NOTHING_AHEAD: HoldAhead = { take: () => Promise.resolve(undefined), release: () => undefined };

/**
 * Asks the budget for what the decision expected a first cloud call to cost. Never asks the user and never fails: where
 * the budget says no or cannot say, the caller reserves in the usual way, by what the cleared prompt holds.
 */
export function holdAhead(run: Run, context: YardContext): HoldAhead {
  const { decision, request, signal } = run;
  const usd = decision.kind === 'run' && decision.track === 'cloud' ? decision.estimate.usd : undefined;
  // Without them the decision's estimate is of what a local model would get, which is another prompt.
  const isOfCloudPrompt = request.features.cloudPromptTokens !== undefined;
  if (usd === undefined || !isOfCloudPrompt) return NOTHING_AHEAD;
  const asked = context.budget.reserve(request.id, usd).then(
    (result) => (result.kind === 'reserved' ? result.reservation : undefined),
    () => undefined,
  );
  let isReleased = false;
  const release = (): void => {
    isReleased = true;
    void asked.then((reservation) => settle(reservation, 0, context));
  };
  const cancelLimit = context.clock.after(LONGEST_MS, release);
  return {
    async take(estimate) {
      cancelLimit();
      if (isReleased) return undefined;
      const giveBack = (late: Reservation | undefined): void => settle(late, 0, context);
      const reservation = await abortable(asked, signal, giveBack);
      if (reservation === 'aborted' || reservation === undefined) return undefined;
      if ((estimate.usd ?? 0) <= usd) return reservation;
      giveBack(reservation);
      return undefined;
    },
    release() {
      cancelLimit();
      if (!isReleased) release();
    },
  };
}
