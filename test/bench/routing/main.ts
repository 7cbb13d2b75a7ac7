import { writeFileSync } from 'node:fs';
import { readArgs } from './args';
import { cloudUsd } from './cost';
import { CODE_MIX, readSets, type Item } from './items';
import { simulateLearning } from './learning';
import { overManySplits, printManySplits } from './many-splits';
import { sentAt, type Threshold } from './metrics';
import { policies, POLICY_NAMES, type PolicyName } from './policies';
import { printLearning, printSet, type SetReport } from './report';
import { routerTime } from './router-time';
import { paired, score, scoredBy, type Score } from './score';
import { splitByGroup, tuningScores, type Split } from './split';
import { probabilities } from './reliability';

const SEED = 4;
/** The day the data were read; prices are those of that day, so that the figures can be had again. */
const DATA_READ = Date.parse('2026-11-23');

function load(data: string, train: string | undefined): Split {
  const warn = (message: string): void => {
    console.warn(message);
  };
  const sets = readSets(data, warn);
  if (train === undefined) return splitByGroup(sets, SEED);
  const test = sets.flatMap((set) => set.items);
  const held = new Set(test.map((item) => item.group));
  const all = readSets(train, warn).flatMap((set) => set.items);
  const own = all.filter((item) => !held.has(item.group));
  if (own.length < all.length)
    console.warn(`${all.length - own.length} training items share a problem with the test part; left out`);
  if (own.length === 0) throw new Error('every training item shares a problem with the test part');
  return { train: own, test };
}

interface Fitted {
  readonly split: Split;
  readonly final: ReturnType<typeof policies>;
  readonly tuning: Map<Item, Record<PolicyName, number>>;
}

function reportOn(
  name: string,
  members: readonly string[],
  { split, final, tuning }: Fitted,
): SetReport | undefined {
  const test = split.test.filter((item) => members.includes(item.set));
  const train = split.train.filter((item) => members.includes(item.set));
  if (test.length === 0) return undefined;
  const usd = test.map((item) => cloudUsd(item, DATA_READ));
  const scores = Object.fromEntries(
    POLICY_NAMES.map((policy): [PolicyName, Score] => {
      const scored = scoredBy(test, final[policy]);
      const tuned = train.map((item) => ({
        ...{ small: item.small.p, large: item.large.p },
        // What ships may have seen the training items; its twin made without them tells where thresholds lie.
        score: tuning.get(item)?.[policy === 'predictor' ? 'predictor-shippable' : policy] ?? 0,
      }));
      const usdOf = (threshold: Threshold): number =>
        (1000 / test.length) *
        scored.reduce((sum, item, i) => sum + sentAt(threshold, item.score) * (usd[i] ?? 0), 0);
      return [policy, score(scored, tuned.length > 0 ? tuned : scored, usdOf)];
    }),
  ) as Record<PolicyName, Score>;
  const against = (first: PolicyName, second: PolicyName): ReturnType<typeof paired> =>
    paired(scoredBy(test, final[first]), scoredBy(test, final[second]));
  return {
    name,
    items: test.length,
    trainItems: train.length,
    evidence: [...new Set(test.flatMap((item) => evidenceOf(item)))],
    small: test.reduce((sum, item) => sum + item.small.p, 0) / test.length,
    large: test.reduce((sum, item) => sum + item.large.p, 0) / test.length,
    alwaysUsd: (1000 / test.length) * usd.reduce((sum, one) => sum + one, 0),
    scores,
    paired: {
      'cascade-predictor': against('cascade', 'predictor'),
      'cascade-predictor-retrained': against('cascade', 'predictor-retrained'),
      'predictor-kind': against('predictor', 'kind'),
      'predictor-shippable-kind': against('predictor-shippable', 'kind'),
      'predictor-retrained-kind': against('predictor-retrained', 'kind'),
    },
    calibration: probabilities(train, test),
  };
}

function evidenceOf(item: Item): string[] {
  const own = (['agree08', 'agree', 'doctest_pass', 'conf_logprob'] as const).filter(
    (field) => item.small[field] != null,
  );
  return item.second === undefined ? [...own] : [...own, 'second local model'];
}

function main(): void {
  const args = readArgs(process.argv.slice(2));
  if (args.data === undefined) {
    throw new Error(
      'usage: npm run bench:routing -- --data DIR [--train DIR] [--learn] [--splits N] [--json FILE]',
    );
  }
  if (args.splits > 0) {
    const figures = overManySplits(readSets(args.data, console.warn), args.splits);
    printManySplits(figures, args.splits);
    if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(figures, null, 1)}\n`);
    return;
  }
  const split = load(args.data, args.train);
  const fitted: Fitted = {
    split,
    final: policies(split.train),
    tuning: tuningScores(split.train, policies, SEED),
  };
  const names = [...new Set(split.test.map((item) => item.set))];
  const mix = CODE_MIX.filter((name) => names.includes(name));
  const reports = [
    ...(mix.length > 0 ? [reportOn('code-mix', mix, fitted)] : []),
    ...names.map((name) => reportOn(name, [name], fitted)),
  ].flatMap((report) => report ?? []);
  for (const report of reports) printSet(report);
  console.log(
    "\n'predictor' is what ships. Where it was trained on the items scored here it has seen their answers: then " +
      "'predictor-shippable', made alike from the training part alone, is the figure to go by.",
  );
  const routerMs = routerTime(split.test);
  console.log(
    `\nrouter: p50 ${routerMs.p50.toFixed(4)} ms, p99 ${routerMs.p99.toFixed(4)} ms (whole decision, 2,000 characters)`,
  );
  const learning = args.learn ? simulateLearning(split.test) : undefined;
  if (learning !== undefined) printLearning(learning);
  if (args.json === undefined) return;
  const sets = Object.fromEntries(
    reports.map(({ name, scores, ...rest }) => [name, { ...scores, about: rest }]),
  );
  writeFileSync(
    args.json,
    `${JSON.stringify({ sets, routerMs, ...(learning !== undefined && { learning }) }, null, 1)}\n`,
  );
}

main();
