import type { ReplayResult } from './sim/replay';

/** What `--json` gives for one policy at one latency setting. Shares are from 0 to 1. */
export interface PolicyFigures {
  readonly useful: number;
  readonly wrong: number;
  readonly requestsPer100: number;
  readonly abortedShare: number;
  /** Share of requests that stopped matching and were left running to their end. */
  readonly staleUnaborted: number;
  readonly freshPromptTokens: number;
  readonly tokensPerUsefulChar: number;
  readonly flicker: number;
  /** Share of the characters shown by the instant track that were then typed; the target is 0.8. */
  readonly instantPrecision: number | undefined;
  /** Median milliseconds from accepting a completion to the next one on the screen; undefined where none was accepted. */
  readonly acceptGapMs: number | undefined;
  readonly ghostP50Ms: number;
  readonly ghostP95Ms: number;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function figures(results: readonly ReplayResult[], gaps: readonly number[] = []): PolicyFigures {
  const sum = (of: (result: ReplayResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const keys = Math.max(
    1,
    sum((r) => r.keys),
  );
  const useful = sum((r) => r.useful);
  const requests = results.flatMap((r) => r.requests);
  const started = requests.filter((r) => r.job.freshTokens > 0);
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const ghostMs = results.flatMap((r) => r.ghostMs);
  return {
    useful: useful / keys,
    wrong: sum((r) => r.wrong) / keys,
    requestsPer100: (100 * requests.length) / keys,
    abortedShare: share(requests.filter((r) => r.job.aborted).length, requests.length),
    staleUnaborted: share(requests.filter((r) => r.staleUnaborted).length, requests.length),
    freshPromptTokens: share(
      started.reduce((total, r) => total + r.job.freshTokens, 0),
      started.length,
    ),
    tokensPerUsefulChar: share(
      requests.reduce((total, r) => total + r.job.sentTokens, 0),
      useful,
    ),
    instantPrecision:
      sum((r) => r.instantChars) === 0 ? undefined : sum((r) => r.instantRight) / sum((r) => r.instantChars),
    acceptGapMs: gaps.length === 0 ? undefined : percentile(gaps, 0.5),
    flicker: sum((r) => r.flicker),
    ghostP50Ms: percentile(ghostMs, 0.5),
    ghostP95Ms: percentile(ghostMs, 0.95),
  };
}
