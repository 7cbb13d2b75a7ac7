import { state } from 'callbag-recharge';
import { expect, test } from 'vitest';
import { historyOf } from '../../../src/editor/core/history';
import { figuresOf } from '../../../src/ledger/price-outcome';
import { LedgerView } from '../../../src/ledger/ledger-view';
import { calendar } from '../../../src/ledger/stats/calendar';
import { Ranges } from '../../../src/ledger/stats/ranges';
import type { Outcome } from '../../../src/routing/outcome';
import { decision, LOCAL, outcome, price } from '../ledger/outcomes';

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
