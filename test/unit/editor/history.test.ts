import { state } from 'callbag-recharge';
import { expect, test } from 'vitest';
import { historyOf } from '../../../src/editor/core/history';
import { figuresOf } from '../../../src/ledger/price-outcome';
import { LedgerView } from '../../../src/ledger/ledger-view';
import { calendar } from '../../../src/ledger/stats/calendar';
import { Ranges } from '../../../src/ledger/stats/ranges';
import type { Outcome } from '../../../src/routing/outcome';
import { attempt, decision, LOCAL, outcome, price, SONNET, tokens } from '../ledger/outcomes';

const DAY = '2026-11-23';

const afterwards = (outcomes: readonly Outcome[]): ReturnType<typeof historyOf> => {
  const view = new LedgerView(calendar('Europe/Berlin'));
  for (const one of outcomes) view.apply({ kind: 'entry', outcome: one, figures: figuresOf(one, price) });
  return historyOf({ stats: state(new Ranges(() => view.days).stats(DAY, true)) });
};

/** As the first ones are decided: how fast this machine is, nobody knows yet. */
const unforeseen = (): Outcome =>
  outcome({ decision: decision({ estimate: { inputTokens: 2_000, outputTokens: 500, usd: 0 } }) });

test('nobody can tell how long a first local answer takes', () => {
  expect(afterwards([])('explain', LOCAL)?.ms).toBeUndefined();
});

test('after a few of them their time is told', () => {
  expect(afterwards([unforeseen(), unforeseen()])('explain', LOCAL)?.ms).toBe(1_000);
});

test('the first edit here is timed by what explanations took on the same model', () => {
  // 500 tokens in a second.
  const explained = outcome({
    decision: decision({ estimate: { inputTokens: 1, outputTokens: 500 } }),
    attempts: [attempt(LOCAL, tokens(2_000, 500), { timings: { totalMs: 1_000 } })],
  });
  expect(afterwards([explained])('refactor', LOCAL, 250)).toEqual({ outputTokens: 250, ms: 500 });
});

test('completions say nothing of how fast a model writes', () => {
  const completed = outcome({ ...unforeseen(), task: 'complete' });
  expect(afterwards([completed])('refactor', LOCAL, 250)?.ms).toBeUndefined();
});

test('an escalation teaches what the next one takes', () => {
  const short = tokens(2_000, 100);
  const escalated = (): Outcome =>
    outcome({
      decision: decision({ estimate: { inputTokens: 2_000, outputTokens: 500 } }),
      attempts: [attempt(LOCAL, short), attempt(SONNET, short, { role: 'escalation' })],
    });
  const before = afterwards([])('explain', SONNET)?.outputTokens ?? 0;
  const after = afterwards(Array.from({ length: 20 }, escalated))('explain', SONNET)?.outputTokens ?? 0;
  expect(before).toBe(500);
  expect(after).toBeLessThan(250);
});

test('neither a second sample nor a call that was broken off teaches anything', () => {
  const cut = attempt(SONNET, tokens(1, 1, { estimated: true }), { end: { kind: 'cancelled' } });
  const sample = attempt(LOCAL, tokens(1, 1), { role: 'sample' });
  const ask = afterwards([outcome({ attempts: [cut, sample] })]);
  expect(ask('explain', SONNET)?.outputTokens).toBe(500);
  expect(ask('explain', LOCAL)?.ms).toBeUndefined();
});
