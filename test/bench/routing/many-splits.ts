import { hasEvidence } from './fit-cascade';
import { CODE_MIX, type Item, type ItemSet } from './items';
import { apgr, cpt, pgrCurve, type Scored } from './metrics';
import { policies, POLICY_NAMES, type PolicyName } from './policies';
import { foldOfGroup } from './random';
import { paired } from './score';
import { TUNING_FOLDS, tuningScores } from './split';

/** One figure over many repeats. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation over the repeats. */
  readonly sd: number;
}

type Figure = 'apgr' | 'cpt50' | 'cpt80';
export type SplitFigures = Readonly<Record<Figure, Spread>>;

export interface SetFigures {
  readonly policies: Readonly<Record<PolicyName, SplitFigures>>;
  /** APGR of the retrained predictor over the kind alone: sets differ in what their kinds tell, this in little. */
  readonly predictorGain: Gain;
  /** APGR of the cascade over the retrained predictor. */
  readonly cascadeGain: Gain;
}
/** Of one policy over another on the same items; the ends of the bootstrap interval are means too. */
type Gain = Spread & { readonly low: number; readonly high: number };
export type ManySplits = Readonly<Record<string, SetFigures>>;

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

type Scores = ReturnType<typeof tuningScores<PolicyName>>;

/** What a prompt alone tells is little beside what is usual. A cascade without evidence has no more than the prompt. */
const BY_PROMPT = ['kind', 'predictor-shippable', 'predictor-retrained'] as const;
const CASCADES = ['cascade', 'cascade-own'] as const;

/**
 * Scores of items by policies trained on the other folds, moved so that the folds of a set agree on what is usual: a fold
 * whose items gain more leaves the others less to expect, and taken together that would count against who knows means.
 * Looks at scores alone, never at outcomes.
 */
function levelled(items: readonly Item[], seed: number): Scores {
  const raw = tuningScores(items, policies, seed);
  const fold = foldOfGroup(
    items.map((item) => item.group),
    TUNING_FOLDS,
    seed,
  );
  const mean = (own: readonly Item[], policy: PolicyName): number =>
    own.reduce((sum, item) => sum + (raw.get(item)?.[policy] ?? 0), 0) / Math.max(1, own.length);
  const out: Scores = new Map(
    items.map((item) => [item, { ...raw.get(item) } as Record<PolicyName, number>]),
  );
  for (const set of new Set(items.map((item) => item.set))) {
    const ofSet = items.filter((item) => item.set === set);
    for (let at = 0; at < TUNING_FOLDS; at++) {
      const own = ofSet.filter((item) => fold.get(item.group) === at);
      for (const policy of ofSet.some(hasEvidence) ? BY_PROMPT : [...BY_PROMPT, ...CASCADES]) {
        const move = mean(ofSet, policy) - mean(own, policy);
        // Rounded, so that what was equal stays equal.
        for (const item of own) {
          const scores = out.get(item);
          if (scores !== undefined) scores[policy] = Number((scores[policy] + move).toFixed(9));
        }
      }
    }
  }
  return out;
}

/**
 * Five folds by problem, `count` times over with other folds: each time every item is scored by what was trained on the
 * other four fifths, and all are taken together. One split's figure is half luck, on small sets more.
 */
export function overManySplits(sets: readonly ItemSet[], count: number): ManySplits {
  const items = sets.flatMap((set) => set.items);
  const repeats = Array.from({ length: count }, (_, seed) => levelled(items, seed + 1));
  const mix = CODE_MIX.filter((name) => sets.some((set) => set.name === name));
  const names: readonly (readonly [string, readonly string[]])[] = [
    ...(mix.length > 0 ? [['code-mix', mix] as const] : []),
    ...sets.map(({ name }) => [name, [name]] as const),
  ];
  return Object.fromEntries(
    names.map(([name, members]) => {
      const own = items.filter((item) => members.includes(item.set));
      const scoredIn = (scores: Scores, policy: PolicyName): Scored[] =>
        own.map((item) => ({
          ...{ small: item.small.p, large: item.large.p },
          score: scores.get(item)?.[policy] ?? 0,
        }));
      const figuresOf = (policy: PolicyName): SplitFigures => {
        const curves = repeats.map((scores) => pgrCurve(scoredIn(scores, policy)));
        return {
          apgr: spreadOf(curves.map(apgr)),
          cpt50: spreadOf(curves.map((curve) => cpt(curve, 0.5))),
          cpt80: spreadOf(curves.map((curve) => cpt(curve, 0.8))),
        };
      };
      const gainOf = (policy: PolicyName, over: PolicyName): Gain => {
        const gains = repeats.map((scores) => paired(scoredIn(scores, policy), scoredIn(scores, over)));
        const end = (which: 'low' | 'high'): number => spreadOf(gains.map((gain) => gain[which])).mean;
        return { ...spreadOf(gains.map(({ gain }) => gain)), low: end('low'), high: end('high') };
      };
      return [
        name,
        {
          policies: Object.fromEntries(
            POLICY_NAMES.map((policy) => [policy, figuresOf(policy)]),
          ) as SetFigures['policies'],
          predictorGain: gainOf('predictor-retrained', 'kind'),
          cascadeGain: gainOf('cascade', 'predictor-retrained'),
        } satisfies SetFigures,
      ];
    }),
  );
}

export function printManySplits(figures: ManySplits, count: number): void {
  console.log(`Means (standard deviations) of ${count} times five folds by problem:`);
  for (const [name, { policies: byPolicy, predictorGain, cascadeGain }] of Object.entries(figures)) {
    console.log(`\n${name}`);
    for (const policy of POLICY_NAMES.filter((one) => one !== 'random')) {
      const { apgr: area, cpt50, cpt80 } = byPolicy[policy];
      console.log(
        `  ${policy.padEnd(20)} APGR ${area.mean.toFixed(3)} (${area.sd.toFixed(3)})  ` +
          `CPT50 ${(100 * cpt50.mean).toFixed(1)} %  CPT80 ${(100 * cpt80.mean).toFixed(1)} % (${(100 * cpt80.sd).toFixed(1)})`,
      );
    }
    const print = (title: string, { mean, low, high }: Gain): void =>
      console.log(`  ${title}: ${mean.toFixed(3)} (bootstrap ${low.toFixed(3)} to ${high.toFixed(3)})`);
    print('predictor-retrained − kind', predictorGain);
    print('cascade − predictor-retrained', cascadeGain);
  }
}
