/** An item's outcome as scoring sees it: right shares of both models, and the router's score (higher: escalate first). */
export interface Scored {
  readonly small: number;
  readonly large: number;
  readonly score: number;
}

export interface Curve {
  /** Mean gain reached after sending the first i items, i = 0..n, as a share of the whole gain. */
  readonly pgr: readonly number[];
}

/** Items in the order a router would send them; items of equal score count with their mean, whatever their order. */
export function pgrCurve(scored: readonly Scored[]): Curve {
  const order = [...scored].sort((a, b) => b.score - a.score);
  const total = order.reduce((sum, item) => sum + item.large - item.small, 0);
  const pgr = [0];
  let reached = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let tied = 0;
    while (end < order.length && order[end]?.score === order[start]?.score) {
      const item = order[end++];
      tied += (item?.large ?? 0) - (item?.small ?? 0);
    }
    for (let i = start; i < end; i++) {
      reached += tied / (end - start);
      pgr.push(reached / total);
    }
    start = end;
  }
  return { pgr };
}

/** Area under PGR over the share of calls, by trapezes; 0.5 is random. NaN where the large model gains nothing. */
export function apgr({ pgr }: Curve): number {
  let sum = 0;
  for (let i = 1; i < pgr.length; i++) sum += ((pgr[i - 1] ?? 0) + (pgr[i] ?? 0)) / 2;
  return sum / (pgr.length - 1);
}

/** The smallest share of calls with PGR at least `x`. */
export function cpt({ pgr }: Curve, x: number): number {
  const at = pgr.findIndex((value) => value >= x);
  return at < 0 ? 1 : at / (pgr.length - 1);
}

/** Sends every item above the score, and of those exactly at it this share: a policy may know no more than a kind. */
export interface Threshold {
  readonly score: number;
  readonly shareAt: number;
}

/** What sends the fewest calls and still reaches `quality` × the large model's accuracy. */
export function thresholdFor(scored: readonly Scored[], quality: number): Threshold {
  const order = [...scored].sort((a, b) => b.score - a.score);
  const small = scored.reduce((sum, item) => sum + item.small, 0);
  const large = scored.reduce((sum, item) => sum + item.large, 0);
  const { pgr } = pgrCurve(scored);
  const needed = (quality * large - small) / (large - small);
  const found = pgr.findIndex((value) => value >= needed - 1e-12);
  const count = found < 0 ? scored.length : found;
  if (count === 0) return { score: Infinity, shareAt: 0 };
  const at = order[count - 1]?.score ?? -Infinity;
  const above = order.filter((item) => item.score > at).length;
  const tied = order.filter((item) => item.score === at).length;
  return { score: at, shareAt: (count - above) / tied };
}

/** The share (0 to 1) of an item of this score that is sent. */
export const sentAt = ({ score, shareAt }: Threshold, own: number): number =>
  own > score ? 1 : own === score ? shareAt : 0;

/** Percentile (0..1) of values that need not be sorted; NaN of none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? NaN;
}

/** Expected calibration error over ten bins of equal width. */
export function calibrationError(said: readonly number[], was: readonly number[]): number {
  const bins = Array.from({ length: 10 }, () => ({ said: 0, was: 0, n: 0 }));
  said.forEach((p, i) => {
    const bin = bins[Math.min(9, Math.floor(p * 10))];
    if (bin === undefined) return;
    bin.said += p;
    bin.was += was[i] ?? 0;
    bin.n++;
  });
  return bins.reduce((sum, bin) => sum + Math.abs(bin.said - bin.was), 0) / Math.max(1, said.length);
}
