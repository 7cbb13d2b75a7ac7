import { ASKED, FEATURE_NAMES, type Asked } from '../../../src/routing/gain/features';
import { standardise, type KindModel, type PairModel } from '../../../src/routing/gain/pair-model';
import type { Item } from './items';
import { fitLogistic } from './logistic';

/**
 * Ridge of both logistic models, in pseudo-items. Chosen by repeated splits by group on code-mix: 100 to 400 are
 * within 0.002 APGR of each other, 30 and 1,000 are worse.
 */
export const RIDGE = 200;

/** Fewer items than this cannot carry a model of their own. */
const LEAST_ITEMS = 20;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

export function spreadOf(items: readonly Item[]): Pick<KindModel, 'mean' | 'spread'> {
  const means = FEATURE_NAMES.map((_, i) => mean(items.map((item) => item.numbers[i] ?? 0)));
  const spread = FEATURE_NAMES.map((_, i) => {
    const middle = means[i] ?? 0;
    const s = Math.sqrt(mean(items.map((item) => ((item.numbers[i] ?? 0) - middle) ** 2)));
    return s < 1e-6 ? 0 : s;
  });
  return { mean: means, spread };
}

export function fitKind(items: readonly Item[], ridge = RIDGE): KindModel {
  const scale = spreadOf(items);
  const rows = items.map((item) => standardise(scale, item.numbers));
  const penalties = FEATURE_NAMES.map(() => ridge);
  return {
    ...scale,
    local: fitLogistic(
      rows,
      items.map((item) => item.small.p),
      penalties,
    ),
    cloud: fitLogistic(
      rows,
      items.map((item) => item.large.p),
      penalties,
    ),
    meanGain: mean(items.map((item) => item.large.p - item.small.p)),
    items: items.length,
  };
}

/** One pair of models per kind that has enough items. */
export function fitPair(items: readonly Item[], ridge = RIDGE): PairModel {
  const kinds: Partial<Record<Asked, KindModel>> = {};
  for (const asked of ASKED) {
    const own = items.filter((item) => item.asked === asked);
    if (own.length >= LEAST_ITEMS) kinds[asked] = fitKind(own, ridge);
  }
  return { features: FEATURE_NAMES, kinds };
}
