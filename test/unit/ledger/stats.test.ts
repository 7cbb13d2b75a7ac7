import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { LedgerView } from '../../../src/ledger/ledger-view';
import { figuresOf } from '../../../src/ledger/price-outcome';
import { calibrationOf } from '../../../src/ledger/stats/calibration';
import { calendar, daysBefore } from '../../../src/ledger/stats/calendar';
import { addCell, emptyCell, type Cell } from '../../../src/ledger/stats/cell';
import { compareEstimates } from '../../../src/ledger/stats/compare-estimates';
import { percentile, record, type Histogram } from '../../../src/ledger/stats/histogram';
import { Ranges } from '../../../src/ledger/stats/ranges';
import { billOf, type Stats } from '../../../src/ledger/stats/stats';
import type { Outcome, Verdict } from '../../../src/routing/outcome';
import {
  attempt,
  completion,
  decision,
  LOCAL,
  NOON,
  onCloud,
  outcome,
  price,
  SONNET,
  tokens,
  UNPRICED,
} from './outcomes';

const berlin = calendar('Europe/Berlin');
const DAY_MS = 24 * 3_600_000;

const viewOf = (
  outcomes: readonly Outcome[],
  verdicts: Readonly<Record<string, Verdict>> = {},
): LedgerView => {
  const view = new LedgerView(berlin);
  for (const one of outcomes) view.apply({ kind: 'entry', outcome: one, figures: figuresOf(one, price) });
  for (const [requestId, verdict] of Object.entries(verdicts)) {
    view.apply({ kind: 'verdict', feedback: { requestId, verdict, at: NOON } });
  }
  return view;
};

const statsOf = (
  outcomes: readonly Outcome[],
  verdicts: Readonly<Record<string, Verdict>> = {},
  now = NOON,
): Stats => {
  const view = viewOf(outcomes, verdicts);
  return new Ranges(() => view.days).stats(berlin.day(now), true);
};

describe('figures over time', () => {
  it('today, seven and thirty days each count their own calendar days', () => {
    const daysAgo = [0, 1, 6, 7, 29, 30, 400];
    const stats = statsOf(daysAgo.map((days) => onCloud({ at: NOON - days * DAY_MS })));
    expect(stats.today.requests).toBe(1);
    expect(stats.week.requests).toBe(3);
    expect(stats.month.requests).toBe(5);
    expect(stats.all.requests).toBe(7);
    expect(stats.days.map(({ day }) => day)).toEqual([
      '2026-10-25',
      '2026-11-16',
      '2026-11-17',
      '2026-11-22',
      '2026-11-23',
    ]);
  });

  it('a day ends at midnight where the user is', () => {
    const midnight = Date.UTC(2026, 10, 22, 23); // 00:00 in Berlin
    const stats = statsOf([onCloud({ at: midnight - 1 }), onCloud({ at: midnight })]);
    expect([stats.today.requests, stats.week.requests]).toEqual([1, 2]);
  });

  it('the days on which the clocks change are days like any other', () => {
    // 25 October 2026 has 25 hours in Berlin, 29 March 23.
    const october = [Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 22, 59)].map((at) => berlin.day(at));
    const march = [Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 21, 59)].map((at) => berlin.day(at));
    expect(october).toEqual(['2026-10-25', '2026-10-25']);
    expect(march).toEqual(['2026-03-29', '2026-03-29']);
    expect(daysBefore('2026-10-26', 1)).toBe('2026-10-25');
    expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  });

  it('an entry from a clock that was ahead counts in "all" alone, until its day comes', () => {
    const ahead = onCloud({ at: NOON + 3 * DAY_MS });
    expect(statsOf([ahead]).today.requests + statsOf([ahead]).week.requests).toBe(0);
    expect(statsOf([ahead]).all.requests).toBe(1);
    expect(statsOf([ahead], {}, NOON + 3 * DAY_MS).today.requests).toBe(1);
  });

  it('changes of a past day show once the past is forgotten', () => {
    const yesterday = onCloud({ at: NOON - DAY_MS });
    const view = viewOf([]);
    const ranges = new Ranges(() => view.days);
    ranges.stats('2026-11-23', true);
    view.apply({ kind: 'entry', outcome: yesterday, figures: figuresOf(yesterday, price) });
    expect([...view.touched]).toEqual(['2026-11-22']);
    ranges.forgetPast();
    expect(ranges.stats('2026-11-23', true).week.requests).toBe(1);
  });
});

describe('what is counted', () => {
  it('requests by how they ended, with money by track and task', () => {
    const { today } = statsOf([
      onCloud(),
      outcome(),
      completion({ attempts: [], result: { kind: 'answered', track: 'instant' } }),
      onCloud({ attempts: [], result: { kind: 'refused', rule: 'budget-cap' } }),
      outcome({ result: { kind: 'cancelled' } }),
      onCloud({ attempts: [], result: { kind: 'failed', failure: 'no-key', message: 'no key' } }),
    ]);
    expect(today).toMatchObject({
      requests: 6,
      answered: 3,
      instantHits: 1,
      refused: 1,
      cancelled: 1,
      failed: 1,
    });
    expect(today.refusals).toEqual({ 'budget-cap': 1 });
    expect(today.breakdown.find(({ lane, task }) => lane === 'local' && task === 'explain')).toMatchObject({
      requests: 1,
      saved: { usd: 0.009 },
    });
  });

  it('unknown prices and estimated parts beside the sums', () => {
    const aborted = onCloud({
      attempts: [attempt(SONNET, tokens(1_000, 0, { estimated: true }), { end: { kind: 'cancelled' } })],
      result: { kind: 'cancelled' },
    });
    const { today } = statsOf([onCloud(), aborted, onCloud({ attempts: [attempt(UNPRICED, tokens(1, 1))] })]);
    expect(today.spent).toEqual({ usd: 0.011, estimatedUsd: 0.002, unknown: 1 });
    expect(billOf(today)).toEqual({ endedUsd: 0.009, abortedUsd: 0.002, unknown: 1 });
  });

  it('escalations by the check that doubted most, fallbacks by what failed', () => {
    const doubted = attempt(LOCAL, tokens(10, 10), {
      end: { kind: 'doubted', finish: 'length' },
      evidence: [
        { check: 'logprobs', saw: 'mean 0.6', score: 0.6 },
        { check: 'cut-off', saw: 'cut off', score: 0.1 },
        { check: 'agreement', saw: 'no sample' },
      ],
    });
    const failed = attempt(LOCAL, tokens(0, 0), {
      end: { kind: 'failed', failure: 'out-of-memory', message: '' },
    });
    const answered = { kind: 'answered', track: 'cloud' } as const;
    const { today } = statsOf([
      outcome({
        attempts: [doubted, attempt(SONNET, tokens(1, 1), { role: 'escalation' })],
        result: answered,
      }),
      outcome({ attempts: [failed, attempt(SONNET, tokens(1, 1), { role: 'fallback' })], result: answered }),
    ]);
    expect(today.escalations).toEqual({ 'cut-off': 1 });
    expect(today.fallbacks).toEqual({ 'out-of-memory': 1 });
  });

  it('the time to the first token of the answer that stood, not of a second sample', () => {
    const sample = attempt(LOCAL, tokens(1, 1), {
      role: 'sample',
      timings: { firstTokenMs: 9_000, totalMs: 9_500 },
    });
    const { today } = statsOf([outcome({ attempts: [attempt(LOCAL, tokens(1, 1)), sample] })]);
    expect(today.firstToken.local?.p50).toBeLessThan(300);
  });

  it('tokens by kind and place, redactions and blocked files', () => {
    const usage = tokens(5, 7, {
      cacheReadTokens: 11,
      cacheWrite5mTokens: 13,
      cacheWrite1hTokens: 17,
      thinkingTokens: 3,
    });
    const { today } = statsOf([
      onCloud({
        attempts: [attempt(SONNET, usage)],
        privacy: { redactions: { 'github-token': 2 }, blocked: [{ path: '.env', rule: 'denied-file' }] },
      }),
    ]);
    expect(today.tokens.cloud).toEqual({
      input: 5,
      cacheRead: 11,
      cacheWrite: 30,
      output: 7,
      thinking: 3,
      estimated: 0,
    });
    expect(today).toMatchObject({ redactions: { 'github-token': 2 }, blocked: { 'denied-file': 1 } });
  });

  it('acceptance by track and task', () => {
    const shown = [completion(), completion(), completion()];
    const { today } = statsOf(shown, {
      [shown[0]?.requestId ?? '']: 'accepted',
      [shown[1]?.requestId ?? '']: 'rejected',
    });
    expect(today.acceptance).toEqual([
      { track: 'local', task: 'complete', answers: 3, verdicts: { accepted: 1, rejected: 1, none: 1 } },
    ]);
  });

  it('a verdict changes the day its request counted for, though the time zone has changed since', () => {
    let zone = calendar('Europe/Berlin');
    const view = new LedgerView({ day: (at) => zone.day(at) });
    const late = outcome({ at: Date.parse('2026-11-23T23:30:00+01:00') });
    view.apply({ kind: 'entry', outcome: late, figures: figuresOf(late, price) });
    zone = calendar('Asia/Tokyo');
    view.apply({ kind: 'verdict', feedback: { requestId: late.requestId, verdict: 'rejected', at: NOON } });
    expect([...view.days].map(([day, { verdicts }]) => [day, verdicts])).toEqual([
      ['2026-11-23', { 'local/explain/rejected': 1 }],
    ]);
  });

  it('is taken out again without a trace', () => {
    const one = outcome({ privacy: { redactions: { key: 1 }, blocked: [] } });
    const changed = viewOf([one, completion()], { [one.requestId]: 'accepted' });
    changed.apply({ kind: 'verdict', feedback: { requestId: one.requestId, verdict: 'redone', at: NOON } });
    const straight = viewOf([one], { [one.requestId]: 'redone' });
    straight.apply({ kind: 'entry', outcome: completion(), figures: figuresOf(completion(), price) });
    expect(changed.days.get('2026-11-23')).toEqual(straight.days.get('2026-11-23'));
  });
});

describe('estimates against what happened', () => {
  const slow = (seconds: number) =>
    onCloud({
      attempts: [attempt(SONNET, tokens(2_000, 500), { timings: { totalMs: seconds * 1_000 } })],
    });

  const comparisonOf = (outcomes: readonly Outcome[]) => {
    const [comparison] = compareEstimates(viewOf(outcomes).days.get('2026-11-23') ?? emptyCell());
    if (comparison === undefined) throw new Error('nothing to compare');
    return comparison;
  };

  it('gives sums of both', () => {
    const one = comparisonOf([slow(2)]);
    expect(one).toMatchObject({
      task: 'refactor',
      model: 'claude/claude-sonnet-5-5',
      n: 1,
      inputTokens: { estimated: 1_000, actual: 2_000 },
      usd: { estimated: 0.007, actual: 0.009, n: 1 },
      ms: { estimated: 1_000, actual: 2_000, n: 1 },
    });
  });

  it('keeps the time of calls of which none was estimated', () => {
    const unforeseen = outcome({ decision: decision({ estimate: { inputTokens: 1, outputTokens: 1 } }) });
    expect(comparisonOf([unforeseen])).toMatchObject({
      ms: { estimated: 0, actual: 0, n: 0 },
      took: { ms: 1_000, n: 1 },
    });
  });

  it('leaves out calls that were not whole, and other models than the one estimated', () => {
    const cut = attempt(SONNET, tokens(1, 1, { estimated: true }), { end: { kind: 'cancelled' } });
    const view = viewOf([
      onCloud({ attempts: [cut] }),
      onCloud({ attempts: [attempt(LOCAL, tokens(1, 1))] }),
    ]);
    expect(compareEstimates(view.days.get('2026-11-23') ?? emptyCell())).toEqual([]);
  });
});

describe('calibration over the user’s own answers', () => {
  it('compares confidence with what was accepted', () => {
    const sure = (confidence: number) =>
      outcome({ attempts: [attempt(LOCAL, tokens(1, 1), { confidence })] });
    const answers = [sure(0.95), sure(0.95), sure(0.15), sure(0.5)];
    const verdicts: Verdict[] = ['accepted', 'rejected', 'redone'];
    const view = viewOf(
      answers,
      Object.fromEntries(verdicts.map((v, i) => [answers[i]?.requestId ?? '', v])),
    );
    const calibration = calibrationOf(view.days.get('2026-11-23') ?? emptyCell());
    expect(calibration.bins).toEqual([
      { from: 0.1, to: 0.2, n: 1, meanConfidence: 0.15, acceptedShare: 0 },
      { from: 0.9, to: 1, n: 2, meanConfidence: 0.95, acceptedShare: 0.5 },
    ]);
    // (1 × 0.15 + 2 × 0.45) / 3
    expect(calibration.ece).toBeCloseTo(0.35);
  });

  it('goes by the answer that stood, not by the second sample that judged it', () => {
    const first = attempt(LOCAL, tokens(1, 1), { confidence: 0.95 });
    const sampled = outcome({ attempts: [first, attempt(LOCAL, tokens(1, 1), { role: 'sample' })] });
    const view = viewOf([sampled], { [sampled.requestId]: 'accepted' });
    expect(calibrationOf(view.days.get('2026-11-23') ?? emptyCell()).bins).toMatchObject([
      { n: 1, meanConfidence: 0.95 },
    ]);
  });

  it('counts a doubted answer that stood because no cloud could take over', () => {
    const doubted = attempt(LOCAL, tokens(1, 1), {
      confidence: 0.25,
      end: { kind: 'doubted', finish: 'stop' },
    });
    const stood = outcome({ attempts: [doubted] });
    const view = viewOf([stood], { [stood.requestId]: 'accepted' });
    expect(calibrationOf(view.days.get('2026-11-23') ?? emptyCell()).bins).toMatchObject([
      { n: 1, meanConfidence: 0.25, acceptedShare: 1 },
    ]);
  });

  it('says nothing with no answers', () => {
    expect(calibrationOf(emptyCell())).toEqual({ bins: [], n: 0 });
  });
});

describe('the histogram of durations', () => {
  it('gives every percentile within two per cent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 200 }),
        (values) => {
          const histogram: Histogram = {};
          for (const value of values) record(histogram, value, 1);
          const sorted = values.toSorted((a, b) => a - b);
          for (const share of [0.01, 0.5, 0.95, 1]) {
            const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0;
            expect(Math.abs((percentile(histogram, share) ?? 0) - exact) / exact).toBeLessThanOrEqual(0.0201);
          }
        },
      ),
    );
  });

  it('is empty again when everything was taken out, and ignores a clock that went back', () => {
    const histogram: Histogram = {};
    record(histogram, 120, 1);
    record(histogram, 120, -1);
    record(histogram, -5, 1);
    record(histogram, Number.NaN, 1);
    expect(histogram).toEqual({});
    expect(percentile(histogram, 0.5)).toBeUndefined();
  });
});

describe('cells', () => {
  it('add up to the same in any order', () => {
    const cells = [onCloud(), outcome(), completion()].map(
      (one): Cell => viewOf([one]).days.get('2026-11-23') ?? emptyCell(),
    );
    const forwards = emptyCell();
    for (const cell of cells) addCell(forwards, cell);
    const backwards = emptyCell();
    for (const cell of cells.toReversed()) addCell(backwards, cell);
    expect(forwards).toEqual(backwards);
  });

  it('cannot be used to reach into every object', () => {
    const hostile = JSON.parse('{"escalations":{"__proto__":{"polluted":1}}}') as Cell;
    addCell(emptyCell(), { ...emptyCell(), ...hostile });
    expect({}).not.toHaveProperty('polluted');
  });
});
