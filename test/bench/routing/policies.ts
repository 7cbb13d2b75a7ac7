import { predictPair, type PairModel } from '../../../src/routing/gain/pair-model';
import { SHIPPED } from '../../../src/routing/gain/weights';
import { CASCADE, fitCascade, hasEvidence } from './fit-cascade';
import { fitPair } from './fit-pair';
import { SHIPPABLE, type Item } from './items';

/** Gives an item a score; the higher, the sooner it goes to the large model. */
export type Policy = (item: Item) => number;

export const POLICY_NAMES = [
  'random',
  'length',
  'kind',
  'predictor',
  'predictor-shippable',
  'predictor-retrained',
  'cascade',
  'cascade-own',
  'oracle',
] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** Fewer training items of the same set than this, and what was learned over all sets is used. */
const LEAST_OF_SET = 20;

/** A fit per set that has enough items of its own: each set is another pair of models. Others share one. */
function perSet<T>(train: readonly Item[], fit: (items: readonly Item[]) => T): (item: Item) => T {
  const shared = fit(train);
  const own = new Map<string, T>();
  for (const name of new Set(train.map((item) => item.set))) {
    const items = train.filter((item) => item.set === name);
    if (items.length >= LEAST_OF_SET) own.set(name, fit(items));
  }
  return (item) => own.get(item.set) ?? shared;
}

function kindGains(items: readonly Item[]): ReadonlyMap<string, number> {
  const gains = new Map<string, number>();
  for (const kind of new Set(items.map((item) => item.kind))) {
    const own = items.filter((item) => item.kind === kind);
    gains.set(kind, own.reduce((sum, item) => sum + item.large.p - item.small.p, 0) / own.length);
  }
  return gains;
}

/**
 * The cloud's chance is told less surely than the local one's (the evidence is about the local answer), so it
 * counts for three quarters of its distance from the usual. 0.5 to 1 are within 0.005 APGR of each other on the sets with evidence.
 */
const CLOUD_COUNTS = 0.75;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/**
 * Where a set has examples: an answer that fails one goes first, one that passes all goes last, and those without
 * examples lie between. Samples that agree speak for an answer, and against one that fails: then the model is steadily
 * wrong. The prompt moves an answer by little. Nothing in it is fitted: with some fifty items to fit on, weights do
 * worse than this order.
 */
function byExamples(item: Item, promptGain: number): number {
  const share = item.small.doctest_pass;
  const tier = share == null ? 0 : share > 0.999 ? -1 : 1;
  const agreement = item.small.agree ?? item.small.agree08 ?? 0.5;
  return 2 * tier + (tier > 0 ? agreement : -agreement) + PROMPT * promptGain;
}

/** Less than a step of agreement (a tenth) for the usual difference in predicted gain (0.1); 0 to 1 are within 0.002 APGR. */
const PROMPT = 0.3;

const byPair = (models: (item: Item) => PairModel): Policy => {
  return (item) => predictPair(models(item), item.asked, item.numbers).gain;
};

/**
 * All policies, those that learn trained on `train`. `predictor` is the one that ships and may have seen the items scored; `predictor-shippable` is
 * made in the same way from what `train` holds of the same sets, and has not.
 */
export function policies(train: readonly Item[]): Record<PolicyName, Policy> {
  const shippable = fitPair(train.filter((item) => item.set in SHIPPABLE));
  const gains = perSet(train, kindGains);
  const retrained = byPair(perSet(train, (items) => fitPair(items)));
  const cascade = (second: boolean): Policy => {
    const fitted = perSet(train, (items) => ({
      chances: fitCascade(items, { ...CASCADE, second }),
      usualCloud: mean(items.map((item) => item.large.p)),
      hasExamples:
        items.every((item) => item.set === items[0]?.set) &&
        items.some((item) => item.small.doctest_pass != null),
    }));
    return (item) => {
      if (!hasEvidence(item)) return retrained(item);
      const { chances, usualCloud, hasExamples } = fitted(item);
      if (hasExamples) return byExamples(item, retrained(item));
      const { local, cloud } = chances(item);
      return usualCloud + CLOUD_COUNTS * (cloud - usualCloud) - local;
    };
  };
  return {
    // All alike: what a random order gives on average, without the luck of one.
    random: () => 0,
    length: (item) => item.prompt.length,
    kind: (item) => gains(item).get(item.kind) ?? 0,
    predictor: (item) => predictPair(SHIPPED, item.asked, item.numbers).gain,
    'predictor-shippable': (item) => predictPair(shippable, item.asked, item.numbers).gain,
    'predictor-retrained': retrained,
    cascade: cascade(true),
    'cascade-own': cascade(false),
    oracle: (item) => item.large.p - item.small.p,
  };
}
