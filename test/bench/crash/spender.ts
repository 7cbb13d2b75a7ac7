/**
 * A window that spends as fast as the budget lets it: `spender FOLDER NAME CAP`. Prints `reserved REQUEST` for each
 * request it may send and `over` when it may send no more, then ends.
 */
import { state } from 'callbag-recharge';
import { systemClock } from '../../../src/base/clock';
import { createLedger } from '../../../src/ledger';
import { createBudget, type Caps } from '../../../src/ledger/budget';
import { onCloud, price } from '../../unit/ledger/outcomes';

const [folder = '', name = '', cap = ''] = process.argv.slice(2);
/** What every request costs, and is estimated to cost, in USD. */
const COST = 0.009;

const common = { windowId: name, clock: systemClock };
const ledger = createLedger({ ...common, folder: `${folder}/ledger`, price });
await ledger.loaded;
const budget = createBudget({
  ...common,
  folder: `${folder}/budget`,
  ledger,
  caps: state<Caps>({ dayUsd: Number(cap), warnAt: 0.8 }),
});
for (let n = 0; ; n++) {
  const requestId = `${name}-${n}`;
  const result = await budget.reserve(requestId, COST);
  if (result.kind === 'over-cap') break;
  process.stdout.write(`reserved ${requestId}\n`);
  // Half of the requests are billed before they are settled, half after, as it happens.
  if (n % 2 === 0) ledger.append(onCloud({ requestId, at: Date.now() }));
  await result.reservation.settle(COST);
  if (n % 2 === 1) ledger.append(onCloud({ requestId, at: Date.now() }));
}
await budget.dispose();
await ledger.dispose();
process.stdout.write('over\n');
