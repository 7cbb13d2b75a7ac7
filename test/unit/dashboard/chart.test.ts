import { describe, expect, it } from 'vitest';
import { chartDays, chartScale, limitWords, roundUp } from '../../../src/dashboard/chart';
import type { DayStats } from '../../../src/ledger/stats/stats';

const day = (name: string, spentUsd: number, savedUsd: number): DayStats => ({
  day: name,
  requests: 3,
  spentUsd,
  savedUsd,
  spentUnknown: 0,
  savedUnknown: 0,
});

describe('the chart of days', () => {
  it('shows days without requests as gaps, up to today', () => {
    const days = chartDays([day('2026-02-27', 0.1, 0.2), day('2026-03-01', 0.3, 0)], '2026-03-02', 4);
    expect(days.map(({ label, requests }) => [label, requests])).toEqual([
      ['Feb 27', 3],
      ['Feb 28', 0],
      ['Mar 1', 3],
      ['Mar 2', 0],
    ]);
  });

  it('leaves out what is older than its span', () => {
    expect(
      chartDays([day('2026-01-01', 9, 9)], '2026-03-02', 7).every(({ requests }) => requests === 0),
    ).toBe(true);
  });

  it('has round limits that hold every bar', () => {
    const days = chartDays([day('2026-03-01', 0.034, 0.011)], '2026-03-02', 7);
    expect(chartScale(days)).toEqual({ top: 0.05, bottom: 0 });
  });

  it('reaches below zero where a day cost more than it saved', () => {
    const days = chartDays([day('2026-03-01', 0.1, -0.03)], '2026-03-02', 7);
    expect(chartScale(days)).toEqual({ top: 0.1, bottom: -0.05 });
  });

  it('keeps some height above zero where everything is below it', () => {
    const { top, bottom } = chartScale(chartDays([day('2026-03-01', 0, -0.2)], '2026-03-02', 7));
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBe(-0.2);
  });

  it('can be drawn when nothing was spent or saved', () => {
    expect(chartScale(chartDays([], '2026-03-02', 7)).top).toBeGreaterThan(0);
  });

  it.each([
    [0.0000321, 0.00005],
    [0.2, 0.2],
    [0.21, 0.5],
    [7, 10],
    [10, 10],
    [11, 20],
  ])('rounds %d up to %d', (value, limit) => {
    expect(roundUp(value)).toBe(limit);
  });

  it('names its limits without needless digits', () => {
    expect([0.2, 0.00005, 20, -0.05].map(limitWords)).toEqual(['$0.2', '$0.00005', '$20', '−$0.05']);
  });
});
