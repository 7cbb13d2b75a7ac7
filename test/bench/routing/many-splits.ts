import { CODE_MIX, type ItemSet } from './items';
import { apgr, cpt, pgrCurve } from './metrics';
import { policies, POLICY_NAMES, type PolicyName } from './policies';
import { scoredBy } from './score';
import { splitByGroup } from './split';

/** One figure over many splits. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation over the splits. */
  readonly sd: number;
}

type Figure = 'apgr' | 'cpt50' | 'cpt80';
export type SplitFigures = Readonly<Record<Figure, Spread>>;
export type ManySplits = Readonly<Record<string, Readonly<Record<PolicyName, SplitFigures>>>>;

/** Nearer to what is judged than the one split's three in five: there, all that is here is trained on. */
const TRAIN_FOLDS = 4;

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

/** Trains on four in five problems and scores the rest, `count` times over: one split's figure is half luck. */
export function overManySplits(sets: readonly ItemSet[], count: number): ManySplits {
  const seen = new Map<string, Record<Figure, number>[]>();
  const names: readonly (readonly [string, readonly string[]])[] = [
    ['code-mix', CODE_MIX.filter((name) => sets.some((set) => set.name === name))],
    ...sets.map(({ name }) => [name, [name]] as const),
  ];
  for (let seed = 1; seed <= count; seed++) {
    const { train, test } = splitByGroup(sets, seed, TRAIN_FOLDS);
    const fitted = policies(train);
    for (const [name, members] of names) {
      const items = test.filter((item) => members.includes(item.set));
      for (const policy of items.length === 0 ? [] : POLICY_NAMES) {
        const curve = pgrCurve(scoredBy(items, fitted[policy]));
        const figures = { apgr: apgr(curve), cpt50: cpt(curve, 0.5), cpt80: cpt(curve, 0.8) };
        seen.set(`${name} ${policy}`, [...(seen.get(`${name} ${policy}`) ?? []), figures]);
      }
    }
  }
  const figuresOf = (name: string, policy: PolicyName): SplitFigures => {
    const all = seen.get(`${name} ${policy}`) ?? [];
    const of = (figure: Figure): Spread => spreadOf(all.map((one) => one[figure]));
    return { apgr: of('apgr'), cpt50: of('cpt50'), cpt80: of('cpt80') };
  };
  return Object.fromEntries(
    names.map(([name]) => [
      name,
      Object.fromEntries(POLICY_NAMES.map((policy) => [policy, figuresOf(name, policy)])),
    ]),
  ) as ManySplits;
}

export function printManySplits(figures: ManySplits, count: number): void {
  console.log(`Means (standard deviations) over ${count} splits by problem, four fifths to train on:`);
  for (const [name, byPolicy] of Object.entries(figures)) {
    console.log(`\n${name}`);
    for (const policy of POLICY_NAMES.filter((one) => one !== 'random')) {
      const { apgr: area, cpt50, cpt80 } = byPolicy[policy];
      console.log(
        `  ${policy.padEnd(20)} APGR ${area.mean.toFixed(3)} (${area.sd.toFixed(3)})  ` +
          `CPT50 ${(100 * cpt50.mean).toFixed(1)} %  CPT80 ${(100 * cpt80.mean).toFixed(1)} % (${(100 * cpt80.sd).toFixed(1)})`,
      );
    }
  }
}
