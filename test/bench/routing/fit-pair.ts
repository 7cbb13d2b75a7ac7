import { ASKED, FEATURE_NAMES, type Asked } from '../../../src/routing/gain/features';
import { standardise, type KindModel, type PairModel } from '../../../src/routing/gain/pair-model';
import type { Item } from './items';
import { fitLogistic } from './logistic';

/**
 * Ridge of both logistic models, in pseudo-items. Chosen by repeated splits by group on code-mix: 100 to 400 are
 * within 0.002 APGR of each other, 30 and 1,000 are worse.
 */
export const RIDGE = 100;

/**
 * Share of the target that other models of the same class make up. One model's right or wrong on one item is noisy;
 * what makes an item hard is much the same for its class. On code-mix, five folds by problem, six times over: 0.590
 * APGR and CPT80 at 65.9 % with it, 0.587 and 66.8 % without; 0.3 to 0.7 are alike.
 */
const PEERS = 0.5;

/**
 * Under so many items what tells the cloud's right answers from its wrong ones is mostly noise: it is right nearly
 * everywhere. Its ridge grows with the square of what is missing. Six times five folds: 0.578 to 0.582 APGR on humaneval
 * (90 items), 0.605 to 0.608 on lcb-testgen (114), the same on code-mix.
 */
const CLOUD_ITEMS = 120;

const cloudRidge = (items: number, ridge: number): number => ridge * Math.max(1, (CLOUD_ITEMS / items) ** 2);

/** A penalty that lets no weight move from where it is pulled to. */
const FIXED = 1e9;

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
  const fit = (which: 'small' | 'large'): number[] => {
    const own = items.map((item) => item[which].p);
    const blended = items.map(
      (item) => (1 - PEERS) * item[which].p + PEERS * (item.peers[which] ?? item[which].p),
    );
    const penalty = which === 'large' ? cloudRidge(items.length, ridge) : ridge;
    const slopes = fitLogistic(
      rows,
      blended,
      FEATURE_NAMES.map(() => penalty),
    );
    // The class tells what is hard, the model itself how good it is: slopes kept, the level from its own outcomes.
    return fitLogistic(
      rows,
      own,
      FEATURE_NAMES.map(() => FIXED),
      slopes,
    );
  };
  return {
    ...scale,
    local: fit('small'),
    cloud: fit('large'),
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
