import type { Verdict } from '../../routing/outcome';
import type { Place } from '../../models/model';
import type { Task, Track } from '../../routing/request';
import { toNano, toUsd } from '../money';
import type { Day } from './calendar';
import { calibrationOf, type Calibration } from './calibration';
import { emptyGroup, type Cell, type Group, type Lane, type TokenSums } from './cell';
import { callsTaken, type CallsTaken } from './calls-taken';
import { compareEstimates, type EstimateComparison } from './compare-estimates';
import { countOf, percentile, type Histogram } from './histogram';

/** A sum in USD. What is unknown is not in it, and is counted beside it. */
export interface Amount {
  readonly usd: number;
  /** The part that rests on estimated token counts. */
  readonly estimatedUsd: number;
  /** Requests whose amount is unknown, in whole or in part. */
  readonly unknown: number;
}

export interface Sums {
  readonly requests: number;
  readonly spent: Amount;
  readonly baseline: Amount;
  readonly saved: { readonly usd: number; readonly unknown: number };
  /** What prompt caching took off the bill; it is in `spent` already and no part of `saved`. */
  readonly cacheSaved: { readonly usd: number; readonly unknown: number };
}

/** Durations in ms; percentiles are at most 2 % off. Absent where nothing was measured. */
export interface Durations {
  readonly n: number;
  readonly p50?: number;
  readonly p95?: number;
}

export interface Acceptance {
  readonly track: Track;
  readonly task: Task;
  /** Answers given; the verdicts add up to it. */
  readonly answers: number;
  readonly verdicts: Readonly<Partial<Record<Verdict | 'none', number>>>;
}

/** Everything the views show of one stretch of time. */
export interface RangeStats extends Sums {
  readonly answered: number;
  readonly cancelled: number;
  readonly refused: number;
  readonly failed: number;
  readonly instantHits: number;
  /** By where the answer came from (or how the request ended without one) and task. */
  readonly breakdown: readonly (Sums & { readonly lane: Lane; readonly task: Task })[];
  /** Escalations by the check that doubted most. */
  readonly escalations: Readonly<Record<string, number>>;
  /** Fallbacks by why the local attempt failed. */
  readonly fallbacks: Readonly<Record<string, number>>;
  readonly latency: Readonly<Partial<Record<Track, Durations>>>;
  readonly firstToken: Readonly<Partial<Record<Track, Durations>>>;
  readonly tokens: Readonly<Partial<Record<Place, Readonly<TokenSums>>>>;
  readonly redactions: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly blocked: Readonly<Record<string, number>>;
  readonly acceptance: readonly Acceptance[];
  readonly estimates: readonly EstimateComparison[];
  readonly calls: readonly CallsTaken[];
  readonly calibration: Calibration;
}

export interface DayStats {
  readonly day: Day;
  readonly requests: number;
  readonly spentUsd: number;
  readonly savedUsd: number;
  /** Requests whose amount is unknown, and therefore not in the sums. */
  readonly spentUnknown: number;
  readonly savedUnknown: number;
}

/** Plain data for status bar, dashboard and API. Days are those of the user's time zone; `week` is today and the six before. */
export interface Stats {
  readonly day: Day;
  readonly today: RangeStats;
  readonly week: RangeStats;
  readonly month: RangeStats;
  readonly all: RangeStats;
  /** The last thirty days that have entries, oldest first. */
  readonly days: readonly DayStats[];
  /** The first day, or month, there is anything of. */
  readonly since?: string;
}

function sumsOf(group: Group, completionsCount: boolean): Sums {
  return {
    requests: group.requests,
    spent: {
      usd: toUsd(group.spent),
      estimatedUsd: toUsd(group.spentEstimated),
      unknown: group.spentUnknown,
    },
    baseline: {
      usd: toUsd(group.baseline),
      estimatedUsd: toUsd(group.baselineEstimated),
      unknown: group.baselineUnknown,
    },
    saved: {
      usd: toUsd(completionsCount ? group.saved : group.savedCompletionsOff),
      unknown: group.savedUnknown,
    },
    cacheSaved: { usd: toUsd(group.cacheSaved), unknown: group.cacheSavedUnknown },
  };
}

function total(groups: readonly Group[]): Group {
  const sum = emptyGroup();
  for (const group of groups) {
    for (const key of Object.keys(sum) as (keyof Group)[]) sum[key] += group[key];
  }
  return sum;
}

function durations(histograms: Record<string, Histogram>): Partial<Record<Track, Durations>> {
  const result: Partial<Record<Track, Durations>> = {};
  for (const [track, histogram] of Object.entries(histograms)) {
    const p50 = percentile(histogram, 0.5);
    const p95 = percentile(histogram, 0.95);
    if (p50 === undefined || p95 === undefined) continue;
    result[track as Track] = { n: countOf(histogram), p50, p95 };
  }
  return result;
}

function acceptanceOf(cell: Cell): Acceptance[] {
  const found = new Map<
    string,
    { track: Track; task: Task; answers: number; verdicts: Record<string, number> }
  >();
  for (const [key, count] of Object.entries(cell.verdicts)) {
    const [track, task, verdict = 'none'] = key.split('/');
    const group = `${track}/${task}`;
    const row = found.get(group) ?? { track: track as Track, task: task as Task, answers: 0, verdicts: {} };
    row.answers += count;
    row.verdicts[verdict] = count;
    found.set(group, row);
  }
  return [...found.values()];
}

/** A cell as the views want it. */
export function rangeStats(cell: Cell, completionsCount: boolean): RangeStats {
  const groups = Object.entries(cell.groups).filter(([, group]) => group.requests > 0);
  const inLane = (lane: Lane): number =>
    groups.filter(([key]) => key.startsWith(`${lane}/`)).reduce((sum, [, group]) => sum + group.requests, 0);
  const instantHits = inLane('instant');
  return {
    ...sumsOf(total(groups.map(([, group]) => group)), completionsCount),
    answered: instantHits + inLane('local') + inLane('cloud'),
    cancelled: inLane('cancelled'),
    refused: inLane('refused'),
    failed: inLane('failed'),
    instantHits,
    breakdown: groups.map(([key, group]) => {
      const [lane, task] = key.split('/');
      return { lane: lane as Lane, task: task as Task, ...sumsOf(group, completionsCount) };
    }),
    escalations: { ...cell.escalations },
    fallbacks: { ...cell.fallbacks },
    latency: durations(cell.latency),
    firstToken: durations(cell.firstToken),
    tokens: structuredClone(cell.tokens),
    redactions: { ...cell.redactions },
    refusals: { ...cell.refusals },
    blocked: { ...cell.blocked },
    acceptance: acceptanceOf(cell),
    estimates: compareEstimates(cell),
    calls: callsTaken(cell),
    calibration: calibrationOf(cell),
  };
}

export function dayStats(day: Day, cell: Cell, completionsCount: boolean): DayStats {
  const sums = sumsOf(total(Object.values(cell.groups)), completionsCount);
  return {
    day,
    requests: sums.requests,
    spentUsd: sums.spent.usd,
    savedUsd: sums.saved.usd,
    spentUnknown: sums.spent.unknown,
    savedUnknown: sums.saved.unknown,
  };
}

/** What a provider's own bill can be compared with, in USD. */
export interface Bill {
  /** Calls that ended with the provider's own token counts. */
  readonly endedUsd: number;
  /** Calls that were aborted or cut off, from estimated tokens. */
  readonly abortedUsd: number;
  /** Requests with a call of unknown price; in neither sum. */
  readonly unknown: number;
}

export const billOf = ({ spent }: Pick<Sums, 'spent'>): Bill => ({
  endedUsd: minusExactly(spent.usd, spent.estimatedUsd),
  abortedUsd: spent.estimatedUsd,
  unknown: spent.unknown,
});

const minusExactly = (a: number, b: number): number => toUsd(toNano(a) - toNano(b));
