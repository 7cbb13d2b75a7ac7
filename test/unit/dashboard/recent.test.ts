import { describe, expect, it } from 'vitest';
import { holdRows, visibleRows } from '../../../src/dashboard/held-rows';
import { recentRow } from '../../../src/dashboard/recent-row';
import { priceOutcome } from '../../../src/ledger/price-outcome';
import type { Outcome } from '../../../src/routing/outcome';
import {
  attempt,
  completion,
  HAIKU,
  LOCAL,
  onCloud,
  outcome,
  price,
  tokens,
  UNPRICED,
} from '../ledger/outcomes';

const row = (one: Outcome, verdict?: 'accepted' | 'redone') =>
  recentRow(priceOutcome(one, price, verdict === undefined ? {} : { verdict }));

describe('a row of the last requests', () => {
  it('says where a request went, how long it took and what it saved', () => {
    expect(row(outcome({ at: 0, endedAt: 1_500 }))).toMatchObject({
      task: 'Explanation',
      laneWords: 'local',
      model: LOCAL.id,
      took: '1.5 s',
      money: 'saved $0.0090',
      tone: 'normal',
    });
  });

  it('says what it cost on the cloud', () => {
    expect(row(onCloud()).money).toBe('$0.0090');
  });

  it('says that a cost is estimated', () => {
    const cut = onCloud({
      attempts: [attempt(HAIKU, tokens(2_000, 500, { estimated: true }), { end: { kind: 'cancelled' } })],
      result: { kind: 'cancelled' },
    });
    expect(row(cut)).toMatchObject({ laneWords: 'stopped', money: 'about $0.00045' });
  });

  it('calls an unknown price unknown', () => {
    expect(row(onCloud({ attempts: [attempt(UNPRICED, tokens(1, 1))] })).money).toBe('price unknown');
  });

  it('calls an answer free that cost and saved nothing', () => {
    expect(row(completion()).money).toBe('free');
  });

  it('tells of an escalation, by the model that answered and not by a second sample', () => {
    const escalated = outcome({
      attempts: [
        attempt(LOCAL, tokens(1, 1), { end: { kind: 'doubted', finish: 'stop' } }),
        attempt(HAIKU, tokens(1, 1), { role: 'escalation' }),
        attempt(LOCAL, tokens(1, 1), { role: 'sample' }),
      ],
      result: { kind: 'answered', track: 'cloud' },
    });
    expect(row(escalated, 'accepted')).toMatchObject({
      model: HAIKU.id,
      became: 'escalated, accepted',
      tone: 'moved',
    });
  });

  it('names the rule that held a request back', () => {
    const refused = outcome({ attempts: [], result: { kind: 'refused', rule: 'budget-cap' } });
    expect(row(refused)).toMatchObject({ laneWords: 'not sent', became: 'budget cap reached', tone: 'bad' });
  });

  it('names the failure of a request', () => {
    const failed = outcome({ result: { kind: 'failed', failure: 'out-of-memory', message: 'm' } });
    expect(row(failed)).toMatchObject({ laneWords: 'failed', became: 'out of memory', tone: 'bad' });
  });

  it('changes its revision when a verdict comes in', () => {
    const one = outcome();
    expect(row(one, 'redone').revision).not.toBe(row(one).revision);
  });
});

describe('rows while somebody watches', () => {
  const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

  it('follow the newest while nobody points at them', () => {
    expect(holdRows(rows('c', 'b', 'a'), undefined)).toEqual({ rows: rows('c', 'b', 'a'), waiting: 0 });
  });

  it('stay as they are while held, and say how many wait', () => {
    expect(holdRows(rows('d', 'c', 'b', 'a'), ['b', 'a'])).toEqual({ rows: rows('b', 'a'), waiting: 2 });
  });

  it('let go of rows that are too old to be known', () => {
    expect(holdRows(rows('d', 'c'), ['c', 'b'])).toEqual({ rows: rows('c'), waiting: 1 });
  });

  it('follow the newest again when none of the held ones is left', () => {
    expect(holdRows(rows('d', 'c'), ['b', 'a'])).toEqual({ rows: rows('d', 'c'), waiting: 0 });
  });

  it('show the first ones, and more when an open one would fall out of sight', () => {
    expect(visibleRows(rows('a', 'b', 'c', 'd'), 2, [])).toEqual(rows('a', 'b'));
    expect(visibleRows(rows('a', 'b', 'c', 'd'), 2, ['c'])).toEqual(rows('a', 'b', 'c'));
  });
});
