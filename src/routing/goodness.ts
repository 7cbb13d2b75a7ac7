import type { Verdict } from './outcome';

/** How good an answer was, from 0 to 1, judged by what the user did with it. */
export const GOODNESS: Readonly<Record<Verdict, number>> = {
  accepted: 1,
  'partly-accepted': 0.7,
  edited: 0.6,
  rejected: 0,
  redone: 0,
};
