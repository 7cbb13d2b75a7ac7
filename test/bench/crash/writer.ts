/**
 * A window that does nothing but write its ledger: `writer FOLDER NAME`. It prints the id of each entry once that is
 * acknowledged, one a line, and runs until it is killed.
 */
import { systemClock } from '../../../src/base/clock';
import { createLedger } from '../../../src/ledger';
import { CRASH_LIMITS } from './limits';
import { completion, onCloud, price } from '../../unit/ledger/outcomes';

const [folder = '', name = ''] = process.argv.slice(2);
const ledger = createLedger({
  folder,
  windowId: name,
  clock: systemClock,
  price,
  limits: CRASH_LIMITS,
});

/** Single entries, and bursts that make one long write. */
const burstOf = (round: number): number => (round % 7 === 0 ? 200 : 1 + (round % 3));

async function run(): Promise<never> {
  for (let round = 0, n = 0; ; round++) {
    const ids: string[] = [];
    for (let i = burstOf(round); i > 0; i--) {
      const requestId = `${name}-${process.pid}-${n++}`;
      const at = Date.now();
      ledger.append(n % 2 === 0 ? onCloud({ requestId, at }) : completion({ requestId, at }));
      if (n % 2 === 1) ledger.amend({ requestId, verdict: 'accepted', at: at + 1 });
      ids.push(requestId);
    }
    // Pipes are written synchronously on POSIX: what is printed was acknowledged, whatever comes after.
    if (await ledger.flush()) process.stdout.write(`${ids.join('\n')}\n`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

void run();
