import type { Expectation } from '../world';

/** Before there is any history: output tokens and ms of a call of some size; ms absent where nobody can tell. */
export interface Typical {
  readonly outputTokens: number;
  readonly ms?: number;
}

/**
 * Sums over past calls of one task on one model, as they really were. Not ratios to their estimates: those were made
 * with what was known then, and correcting corrected estimates would swing to and fro.
 */
export interface PastCalls {
  readonly calls: number;
  readonly outputTokens: number;
  readonly ms: number;
  /** What was typical of calls of their sizes, summed up as well. */
  readonly typical: Typical;
}

/** So many typical calls are mixed in, so that one odd call does not swing the next estimate. */
const TYPICAL_CALLS = 5;

/** Hard bounds against what is typical: beyond, something was counted wrong. */
const FURTHEST = 4;

/** How many times what is typical the calls took, with some typical ones mixed in. */
function correction(took: number, typical: number, calls: number): number {
  const mixedIn = (TYPICAL_CALLS * typical) / calls;
  return Math.min(FURTHEST, Math.max(1 / FURTHEST, (took + mixedIn) / (typical + mixedIn)));
}

/** What the next call of this task on this model is likely to take. `typical`: of a call of its size. */
export function expectationOf(past: PastCalls | undefined, typical: Typical): Expectation {
  if (past === undefined || past.calls === 0 || past.typical.outputTokens <= 0) return { ...typical };
  const { calls, outputTokens } = past;
  const corrected = typical.outputTokens * correction(outputTokens, past.typical.outputTokens, calls);
  return { outputTokens: Math.round(corrected), ms: Math.round(timeOf(past, typical, corrected)) };
}

/** Without a guess, the pace so far is all there is; with one, what was is mixed in and bounded by it. */
function timeOf(past: PastCalls, typical: Typical, outputTokens: number): number {
  if (typical.ms === undefined || past.typical.ms === undefined)
    return (past.ms / Math.max(1, past.outputTokens)) * outputTokens;
  return typical.ms * correction(past.ms, past.typical.ms, past.calls);
}
