import type { Expectation } from '../world';

/**
 * Sums over past calls of one task on one model, as they really were. Not ratios to their estimates: those were made
 * with what was known then, and correcting corrected estimates would swing to and fro.
 */
export interface PastCalls {
  readonly calls: number;
  readonly outputTokens: number;
  /** Calls that ran to their end, and their time in ms. */
  readonly timed: number;
  readonly ms: number;
}

/** Before there is any history: output tokens and ms of a typical call; ms absent where nobody can tell. */
export interface Typical {
  readonly outputTokens: number;
  readonly ms?: number;
}

/** So many typical calls are mixed in, so that one odd call does not swing the next estimate. */
const TYPICAL_CALLS = 5;

/** Hard bounds against what is typical: beyond, something was counted wrong. */
const FURTHEST = 4;

const within = (value: number, typical: number): number =>
  Math.min(typical * FURTHEST, Math.max(typical / FURTHEST, value));

/** What the next call of this task on this model is likely to take. */
export function expectationOf(past: PastCalls | undefined, typical: Typical): Expectation {
  if (past === undefined || past.calls === 0) return { ...typical };
  const mixed = (past.outputTokens + TYPICAL_CALLS * typical.outputTokens) / (past.calls + TYPICAL_CALLS);
  const outputTokens = Math.round(within(mixed, typical.outputTokens));
  const ms = timeOf(past, typical);
  return { outputTokens, ...(ms !== undefined && { ms }) };
}

/** Without a guess, what was is all there is; with one, it is mixed in and bounds the rest. */
function timeOf({ timed, ms }: PastCalls, typical: Typical): number | undefined {
  if (typical.ms === undefined) return timed === 0 ? undefined : Math.round(ms / timed);
  const mixed = (ms + TYPICAL_CALLS * typical.ms) / (timed + TYPICAL_CALLS);
  return Math.round(within(mixed, typical.ms));
}
