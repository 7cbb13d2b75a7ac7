import { describe, expect, it } from 'vitest';
import { acceptanceRow } from '../../../src/dashboard/acceptance';
import { byTask } from '../../../src/dashboard/breakdown';
import { capsLeft } from '../../../src/dashboard/budget-left';
import { FIRST_STATE, readPageState, toggleExpanded } from '../../../src/dashboard/page-state';
import { whySections } from '../../../src/dashboard/why-sections';
import { FAILURES, wordsFor } from '../../../src/dashboard/words';
import type { Lane } from '../../../src/ledger/stats/cell';
import type { RangeStats } from '../../../src/ledger/stats/stats';
import type { Task } from '../../../src/routing/request';

describe('what the page remembers', () => {
  it('comes back as it was', () => {
    const state = { range: 'week', expanded: ['a'], allRows: true, scrollTop: 120 } as const;
    expect(readPageState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it.each([undefined, null, 'x', 7, {}, { range: 'year', expanded: 'a', scrollTop: -1 }, { expanded: [1] }])(
    'is as at first when %j was kept',
    (kept) => {
      expect(readPageState(kept)).toEqual(FIRST_STATE);
    },
  );

  it('opens and closes the reasons of a request', () => {
    const open = toggleExpanded(FIRST_STATE, 'a');
    expect(open.expanded).toEqual(['a']);
    expect(toggleExpanded(open, 'a').expanded).toEqual([]);
  });
});

describe('where requests went', () => {
  const row = (lane: Lane, task: Task, requests: number): RangeStats['breakdown'][number] => {
    const zero = { usd: 0, estimatedUsd: 0, unknown: 0 };
    return { lane, task, requests, spent: zero, baseline: zero, saved: zero, cacheSaved: zero };
  };

  it('stands in the same order whatever came first', () => {
    const groups = byTask([row('failed', 'ask', 1), row('cloud', 'explain', 2), row('local', 'explain', 3)]);
    expect(
      groups.map(({ task, requests, lanes }) => [task, requests, lanes.map(({ lane }) => lane)]),
    ).toEqual([
      ['explain', 5, ['local', 'cloud']],
      ['ask', 1, ['failed']],
    ]);
  });

  it('puts a task of a later version last', () => {
    const groups = byTask([row('local', 'review' as Task, 1), row('local', 'ask', 1)]);
    expect(groups.map(({ task }) => task)).toEqual(['ask', 'review']);
  });
});

describe('acceptance', () => {
  it('is a share of the answers that were judged, not of all', () => {
    const row = acceptanceRow({
      track: 'local',
      task: 'explain',
      answers: 20,
      verdicts: { accepted: 2, edited: 1, rejected: 1, redone: 2, none: 14 },
    });
    expect(row).toMatchObject({ taken: 3, rejected: 1, redone: 2, unsaid: 14, share: 0.5 });
  });

  it('has no share where nothing was judged', () => {
    expect(
      acceptanceRow({ track: 'local', task: 'ask', answers: 1, verdicts: { none: 1 } }).share,
    ).toBeUndefined();
  });
});

describe('budget left', () => {
  const spent = { spentToday: 0.5, spentThisMonth: 3, reserved: 0.1, level: 'ok' } as const;

  it('counts what running requests hold as used', () => {
    expect(capsLeft({ ...spent, dayCap: 1, monthCap: 30 }).map(({ words }) => words)).toEqual([
      '$0.4000 of $1.00 left today',
      '$26.90 of $30.00 left this month',
    ]);
  });

  it('is never less than nothing, nor used more than wholly', () => {
    expect(capsLeft({ ...spent, dayCap: 0.2 })).toMatchObject([
      { usedShare: 1, words: '$0 of $0.2000 left today' },
    ]);
    expect(capsLeft({ ...spent, dayCap: 0 })).toMatchObject([{ usedShare: 1 }]);
  });

  it('says nothing without a cap', () => {
    expect(capsLeft(spent)).toEqual([]);
  });
});

describe('the reasons of a request', () => {
  it('come back under their headings', () => {
    expect(
      whySections(['Decision', '  on this machine', '  explanations run locally', 'Checks', '  parses']),
    ).toEqual([
      { heading: 'Decision', lines: ['on this machine', 'explanations run locally'] },
      { heading: 'Checks', lines: ['parses'] },
    ]);
  });

  it('may be a plain sentence', () => {
    expect(whySections(['This request is too old to be explained.'])).toEqual([
      { lines: ['This request is too old to be explained.'] },
    ]);
  });
});

describe('words', () => {
  it('let a key of another version speak for itself', () => {
    expect(wordsFor(FAILURES, 'solar-flare')).toBe('solar flare');
    expect(wordsFor(FAILURES, 'constructor')).toBe('constructor');
  });
});
