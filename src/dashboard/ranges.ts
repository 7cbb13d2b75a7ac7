import type { RangeStats, Stats } from '../ledger/stats/stats';

export const RANGES = ['today', 'week', 'month', 'all'] as const;
export type Range = (typeof RANGES)[number];

export const RANGE_TITLES: Readonly<Record<Range, string>> = {
  today: 'Today',
  week: '7 days',
  month: '30 days',
  all: 'All',
};

/** For the middle of a sentence. */
export const RANGE_WORDS: Readonly<Record<Range, string>> = {
  today: 'today',
  week: 'in the last 7 days',
  month: 'in the last 30 days',
  all: 'since the beginning',
};

/** The shortest range after `range` that has anything to show. */
export const nextWithRequests = (stats: Stats, range: Range): Range | undefined =>
  RANGES.slice(RANGES.indexOf(range) + 1).find((wider) => stats[wider].requests > 0);

export const rangeOf = (stats: Stats, range: Range): RangeStats => stats[range];
