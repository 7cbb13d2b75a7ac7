import { readFileSync, writeFileSync } from 'node:fs';
import { readArgs } from '../routing/args';
import { readSets, SHIPPABLE } from '../routing/items';
import { percentile } from '../routing/metrics';
import { seeded } from '../routing/random';
import { DayOutcomes, summarise, type Cell } from './outcomes';
import { planDay, type Planned } from './plan';
import { DAY_POLICIES, type DayPolicy, type Done } from './policies';
import { OWN_MACHINE, PUBLISHED, type Speeds } from './speeds';

/** The same day this many times, each with other outcomes drawn; all policies meet the same ones. */
const DRAWS = 100;

interface DayReport {
  readonly usd: number;
  /** Whole answers, all requests. */
  readonly meanMs: number;
  readonly p95Ms: number;
  /** Without the completions. */
  readonly meanMsTasks: number;
  readonly p95MsTasks: number;
  /** Until the first text is there. */
  readonly meanFirstMs: number;
  readonly meanFirstMsTasks: number;
  /** Share right over explanations, refactors and questions, and its middle 95 % over the draws. */
  readonly quality: number;
  readonly qualityLow: number;
  readonly qualityHigh: number;
  readonly escalated: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

function draw(cells: readonly Cell[], random: () => number): Cell | undefined {
  let left = random() * cells.reduce((sum, cell) => sum + cell.items, 0);
  return cells.find((cell) => (left -= cell.items) < 0) ?? cells.at(-1);
}

function report(days: readonly (readonly { request: Planned; done: Done }[])[]): DayReport {
  const all = days.flat();
  const tasks = all.filter(({ request }) => request.task !== 'complete');
  const whole = (list: typeof all): number[] => list.map(({ done }) => done.wholeMs);
  const first = (list: typeof all): number[] => list.map(({ done }) => done.firstMs);
  const qualities = days.map((day) => mean(day.flatMap(({ done }) => done.right ?? [])));
  return {
    usd: mean(days.map((day) => day.reduce((sum, { done }) => sum + done.usd, 0))),
    meanMs: mean(whole(all)),
    p95Ms: percentile(whole(all), 0.95),
    meanMsTasks: mean(whole(tasks)),
    p95MsTasks: percentile(whole(tasks), 0.95),
    meanFirstMs: mean(first(all)),
    meanFirstMsTasks: mean(first(tasks)),
    quality: mean(qualities),
    qualityLow: percentile(qualities, 0.025),
    qualityHigh: percentile(qualities, 0.975),
    escalated: mean(days.map((day) => day.filter(({ done }) => done.escalated).length)),
  };
}

function simulate(outcomes: DayOutcomes, speeds: Speeds): Record<DayPolicy, DayReport> {
  const plan = planDay();
  const names = Object.keys(DAY_POLICIES) as DayPolicy[];
  const reports = names.map((name): [DayPolicy, DayReport] => {
    const days = Array.from({ length: DRAWS }, (_, day) => {
      const random = seeded(day);
      const handle = DAY_POLICIES[name](speeds);
      return plan.map((request) => {
        const cell = request.task === 'complete' ? undefined : draw(outcomes[request.task], random);
        return { request, done: handle(request, cell) };
      });
    });
    return [name, report(days)];
  });
  return Object.fromEntries(reports) as Record<DayPolicy, DayReport>;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2).padStart(6);
const change = (lower: number): string => `${lower > 0 ? '−' : '+'}${(Math.abs(lower) * 100).toFixed(1)} %`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(7);

function print(title: string, reports: Record<DayPolicy, DayReport>): void {
  console.log(`\n${title}`);
  console.log(
    'policy                       USD  | whole answer, s: mean    p95 | without completions: mean    p95 | first text, s: mean | quality (95 %)          escalated',
  );
  for (const [name, r] of Object.entries(reports)) {
    console.log(
      `${name.padEnd(25)} ${r.usd.toFixed(3).padStart(6)} |               ${seconds(r.meanMs)} ${seconds(r.p95Ms)} |                    ` +
        `${seconds(r.meanMsTasks)} ${seconds(r.p95MsTasks)} |              ${seconds(r.meanFirstMs)} | ${percent(r.quality)} (${percent(r.qualityLow)} –${percent(r.qualityHigh)}) ${r.escalated.toFixed(1).padStart(5)}`,
    );
  }
}

interface Against {
  readonly costLower: number;
  readonly latencyLower: number;
  readonly firstTextLower: number;
  readonly qualityShare: number;
}

function against(
  reports: Record<DayPolicy, DayReport>,
  own: DayReport = reports.switchyard,
): Record<string, Against> {
  const bases = ['one-cloud', 'tiered-cloud', 'tiered-cloud-opus', 'task-rule', 'always-local'] as const;
  return Object.fromEntries(
    bases.map((name) => {
      const base = reports[name];
      return [
        name,
        {
          costLower: base.usd === 0 ? 0 : 1 - own.usd / base.usd,
          latencyLower: 1 - own.meanMs / base.meanMs,
          firstTextLower: 1 - own.meanFirstMs / base.meanFirstMs,
          qualityShare: own.quality / base.quality,
        },
      ];
    }),
  );
}

function printAgainst(title: string, compared: Record<string, Against>): void {
  console.log(`\n${title}`);
  for (const [name, a] of Object.entries(compared)) {
    console.log(
      `  ${name.padEnd(17)} cost ${change(a.costLower)}, mean latency of whole answers ${change(a.latencyLower)}, of first text ${change(a.firstTextLower)}, quality ${percent(a.qualityShare)} of its`,
    );
  }
}

function main(): void {
  const args = readArgs(process.argv.slice(2));
  const outcomes =
    args.data === undefined
      ? DayOutcomes.parse(JSON.parse(readFileSync(new URL('./outcomes.json', import.meta.url), 'utf8')))
      : summarise(
          readSets(args.data, (message) => console.warn(message))
            .filter((set) => set.name in SHIPPABLE)
            .flatMap((set) => set.items),
        );
  console.log(
    args.data === undefined
      ? 'Outcomes: sums over the openly licensed sets, as committed in test/bench/day/outcomes.json.'
      : `Outcomes: sums over the openly licensed sets of ${args.data}.`,
  );
  const published = simulate(outcomes, PUBLISHED);
  const ownMachine = simulate(outcomes, OWN_MACHINE);
  print('Latencies as published with the data:', published);
  print('The same day with a local machine as readers report it:', ownMachine);
  const compared = against(published);
  printAgainst(
    'Switchyard (balanced) against each, with published latencies, where the user lets edits of small predicted gain run here when asked:',
    compared,
  );
  printAgainst(
    'The same where every third edit that ran here fails its checks (no data tell how many do):',
    against(published, published['switchyard-edits-doubted']),
  );
  const editsInCloud = against(published, published['switchyard-edits-in-cloud']);
  printAgainst('The same where the user says no, or has not been asked yet:', editsInCloud);
  printAgainst(
    'The same where every completion is generated when it is asked for:',
    against(published, published['switchyard-generating']),
  );
  console.log(
    'Quality counts both cloud models as equal: no data tell them apart. Completions have no outcome in the data.',
  );
  if (args.json !== undefined) {
    writeFileSync(
      args.json,
      `${JSON.stringify({ policies: published, ownMachine, against: compared, againstEditsInCloud: editsInCloud }, null, 1)}\n`,
    );
  }
}

main();
