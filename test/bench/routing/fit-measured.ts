import type { MeasuredPoint } from '../../../src/routing/confidence/measured';
import { interpolate } from '../../../src/routing/confidence/measured';
import type { Item } from './items';

interface Judged {
  readonly share: number;
  readonly right: number;
  readonly cloud: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

/** Pseudo-items of the overall mean in each point. */
const PULL = 2;

/** Share right per tenth, never falling as the share rises (pool adjacent violators). */
export function risingMap(judged: readonly Judged[], steps: number): MeasuredPoint[] {
  const overall = mean(judged.map((one) => one.right));
  const blocks: { shares: { share: number; items: number }[]; right: number; weight: number }[] = [];
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    const here = judged.filter((one) => Math.round(one.share * steps) === step);
    if (here.length === 0) continue;
    const right = here.reduce((sum, one) => sum + one.right, PULL * overall);
    blocks.push({ shares: [{ share, items: here.length }], right, weight: here.length + PULL });
    for (let at = blocks.length - 1; at > 0; at--) {
      const [before, last] = [blocks[at - 1], blocks[at]];
      if (
        before === undefined ||
        last === undefined ||
        before.right / before.weight <= last.right / last.weight
      )
        break;
      before.shares.push(...last.shares);
      before.right += last.right;
      before.weight += last.weight;
      blocks.pop();
    }
  }
  return blocks.flatMap(({ shares, right, weight }) =>
    shares.map(({ share, items }) => ({ share, items, probability: Number((right / weight).toFixed(3)) })),
  );
}

export const agreementOf = (items: readonly Item[]): Judged[] =>
  items.flatMap((item) =>
    item.small.agree08 == null ? [] : { share: item.small.agree08, right: item.small.p, cloud: item.large.p },
  );

export const examplesOf = (items: readonly Item[]): Judged[] =>
  items.flatMap((item) =>
    item.small.doctest_pass == null
      ? []
      : { share: item.small.doctest_pass, right: item.small.p, cloud: item.large.p },
  );

/** The lowest threshold, in hundredths, that keeps `quality` of what sending everything to the cloud gets right. */
export function thresholdKeeping(
  judged: readonly Judged[],
  map: readonly MeasuredPoint[],
  quality: number,
): number {
  const all = mean(judged.map((one) => one.cloud));
  for (let hundredth = 0; hundredth < 100; hundredth++) {
    const threshold = hundredth / 100;
    const kept = judged.map(({ share, right, cloud }) =>
      (interpolate(map, share)?.probability ?? 0) < threshold ? cloud : right,
    );
    if (mean(kept) >= quality * all) return threshold;
  }
  return 1;
}
