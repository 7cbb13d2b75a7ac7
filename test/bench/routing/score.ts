import type { Item } from './items';
import {
  apgr,
  cpt,
  percentile,
  pgrCurve,
  sentAt,
  thresholdFor,
  type Scored,
  type Threshold,
} from './metrics';
import { seeded } from './random';
import type { Policy } from './policies';

export interface Score {
  readonly apgr: number;
  readonly apgrLow: number;
  readonly apgrHigh: number;
  readonly cpt50: number;
  readonly cpt80: number;
  /** Share of calls to the large model on this part, with the threshold fixed on the training part. */
  readonly calls95: number;
  readonly calls99: number;
  /** Accuracy reached with those thresholds, as a share of the large model's. */
  readonly quality95: number;
  readonly quality99: number;
  /** USD per 1,000 requests with those thresholds. */
  readonly usd95: number;
  readonly usd99: number;
}

/** Resamples of the items; the intervals are their 2.5 % and 97.5 % points. */
const RESAMPLES = 500;

export const scoredBy = (items: readonly Item[], policy: Policy): Scored[] =>
  items.map((item) => ({ small: item.small.p, large: item.large.p, score: policy(item) }));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

export function resample<T>(values: readonly T[], random: () => number): T[] {
  return values.flatMap((): T[] => {
    const value = values[Math.floor(random() * values.length)];
    return value === undefined ? [] : [value];
  });
}

/** What a threshold found elsewhere does here. */
function applied(scored: readonly Scored[], threshold: Threshold): { calls: number; quality: number } {
  const sent = scored.map((item) => sentAt(threshold, item.score));
  const reached = mean(scored.map((item, i) => item.small + (sent[i] ?? 0) * (item.large - item.small)));
  return { calls: mean(sent), quality: reached / mean(scored.map((item) => item.large)) };
}

/** `tuning`: the same policy's scores on items of the training part that it was not fitted on. */
export function score(
  scored: readonly Scored[],
  tuning: readonly Scored[],
  usdOf: (threshold: Threshold) => number,
): Score {
  const curve = pgrCurve(scored);
  const random = seeded(20261123);
  const resampled = Array.from({ length: RESAMPLES }, () => apgr(pgrCurve(resample(scored, random))));
  const at95 = thresholdFor(tuning, 0.95);
  const at99 = thresholdFor(tuning, 0.99);
  const [applied95, applied99] = [applied(scored, at95), applied(scored, at99)];
  return {
    apgr: apgr(curve),
    apgrLow: percentile(resampled, 0.025),
    apgrHigh: percentile(resampled, 0.975),
    cpt50: cpt(curve, 0.5),
    cpt80: cpt(curve, 0.8),
    calls95: applied95.calls,
    calls99: applied99.calls,
    quality95: applied95.quality,
    quality99: applied99.quality,
    usd95: usdOf(at95),
    usd99: usdOf(at99),
  };
}

export interface Paired {
  /** APGR of the first minus that of the second, on the same resamples. */
  readonly gain: number;
  readonly low: number;
  readonly high: number;
}

export function paired(first: readonly Scored[], second: readonly Scored[]): Paired {
  const random = seeded(97);
  const index = first.map((_, i) => i);
  const pick = (scored: readonly Scored[], at: readonly number[]): Scored[] =>
    at.flatMap((i) => scored[i] ?? []);
  const differences = Array.from({ length: 2 * RESAMPLES }, () => {
    const at = resample(index, random);
    return apgr(pgrCurve(pick(first, at))) - apgr(pgrCurve(pick(second, at)));
  });
  return {
    gain: apgr(pgrCurve(first)) - apgr(pgrCurve(second)),
    low: percentile(differences, 0.025),
    high: percentile(differences, 0.975),
  };
}
