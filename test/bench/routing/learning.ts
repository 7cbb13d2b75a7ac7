import {
  fadeUnheard,
  learn,
  learnedShift,
  NOTHING_LEARNED,
  type Learned,
} from '../../../src/routing/gain/learned';
import { predictPair } from '../../../src/routing/gain/pair-model';
import { SHIPPED } from '../../../src/routing/gain/weights';
import type { Item } from './items';
import { seeded } from './random';

/**
 * Simulated users whose local model does as the data say, better, or worse. Each request is decided by predicted gain
 * and what was learned; the user keeps right answers and rejects wrong ones, and errs one time in ten. Regret is
 * counted in the value of an answer: chance right, minus {@link PRICE} for a call to the cloud.
 */
const USERS = 60;
const REQUESTS = 400;
const PRICE = 0.25;
const ERRS = 0.1;

interface LearningRow {
  readonly user: string;
  /** Mean regret per request against the better track of each request. */
  readonly early: number;
  readonly late: number;
  readonly without: number;
  /** Of the better of "always local" and "always cloud" for this user, known from the start. */
  readonly best: number;
  readonly largestShift: number;
}

export interface LearningReport {
  readonly users: number;
  readonly requests: number;
  readonly rows: readonly LearningRow[];
}

interface Chances {
  readonly local: number;
  readonly cloud: number;
}

type ChancesOf = (item: Item, halfWay: boolean) => Chances;

const good: ChancesOf = (item) => ({ local: item.large.p, cloud: item.large.p });
const bad: ChancesOf = (item) => ({ local: 0.3 * item.small.p, cloud: item.large.p });

const USER_KINDS: Readonly<Record<string, ChancesOf>> = {
  'as the data say': (item) => ({ local: item.small.p, cloud: item.large.p }),
  'a local model as good as the cloud': good,
  'a local model that is mostly wrong': bad,
  'changes to a bad local model half-way': (item, halfWay) => (halfWay ? bad : good)(item, halfWay),
  'changes to a good local model half-way': (item, halfWay) => (halfWay ? good : bad)(item, halfWay),
};

const value = ({ local, cloud }: Chances, toCloud: boolean): number => (toCloud ? cloud - PRICE : local);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

interface Trace {
  readonly learning: readonly number[];
  readonly without: readonly number[];
  readonly best: readonly number[];
  readonly largestShift: number;
}

function oneUser(items: readonly Item[], chancesOf: ChancesOf, seed: number): Trace {
  const random = seeded(seed);
  let learned: Learned = NOTHING_LEARNED;
  let largestShift = 0;
  const rows = Array.from({ length: REQUESTS }).flatMap((_, at) => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) return [];
    const truth = chancesOf(item, at >= REQUESTS / 2);
    const features = { languageId: 'python', promptTokens: Math.ceil(item.prompt.length / 3.3) };
    const predicted = predictPair(SHIPPED, item.asked, item.numbers).gain;
    const { shift } = learnedShift(learned, 'explain', features);
    largestShift = Math.max(largestShift, Math.abs(shift));
    const toCloud = predicted + shift >= PRICE;
    const right = random() < (toCloud ? truth.cloud : truth.local);
    const verdict = right !== random() < ERRS ? 'accepted' : 'rejected';
    const answer = { task: 'explain', features, track: toCloud ? 'cloud' : 'local' } as const;
    learned = learn(fadeUnheard(learned, answer), { ...answer, verdict });
    const best = Math.max(value(truth, true), value(truth, false));
    return [
      {
        learning: best - value(truth, toCloud),
        without: best - value(truth, predicted >= PRICE),
        local: best - value(truth, false),
        cloud: best - value(truth, true),
      },
    ];
  });
  const fixedLocal = mean(rows.map((row) => row.local)) <= mean(rows.map((row) => row.cloud));
  return {
    learning: rows.map((row) => row.learning),
    without: rows.map((row) => row.without),
    best: rows.map((row) => (fixedLocal ? row.local : row.cloud)),
    largestShift,
  };
}

export function simulateLearning(items: readonly Item[]): LearningReport {
  const reading = items.filter((item) => item.asked === 'read-forward' || item.asked === 'read-backward');
  const pool = reading.length > 0 ? reading : items;
  const rows = Object.entries(USER_KINDS).map(([user, chancesOf], kind): LearningRow => {
    const traces = Array.from({ length: USERS }, (_, i) => oneUser(pool, chancesOf, 1000 * kind + i));
    const over = (pick: (trace: Trace) => readonly number[]): number =>
      mean(traces.map((trace) => mean(pick(trace))));
    return {
      user,
      early: over((trace) => trace.learning.slice(0, 50)),
      late: over((trace) => trace.learning.slice(-100)),
      without: over((trace) => trace.without),
      best: over((trace) => trace.best),
      largestShift: Math.max(...traces.map((trace) => trace.largestShift)),
    };
  });
  return { users: USERS, requests: REQUESTS, rows };
}
