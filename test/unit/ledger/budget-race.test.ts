import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { state } from 'callbag-recharge';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock';
import { createLedger } from '../../../src/ledger';
import { createBudget, type Caps } from '../../../src/ledger/budget';
import { bundled, type Bundled } from '../../bench/bundled';
import { price } from './outcomes';

/** Thirty requests of 0.009 USD fit, and a bit. */
const CAP = 0.275;
const FIT = 30;

let script: Bundled;
let folder: string;

beforeAll(async () => {
  script = await bundled(new URL('../../bench/crash/spender.ts', import.meta.url));
}, 30_000);

afterAll(() => script.dispose());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'budget-race-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a spending window; gives what it printed. `killAfter` kills it after so many reservations. */
async function spend(name: string, killAfter = Infinity): Promise<string[]> {
  const child = spawn(process.execPath, [script.file, folder, name, String(CAP)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const piece of child.stdout) {
    text += String(piece);
    if (text.split('\n').length > killAfter) child.kill('SIGKILL');
  }
  return text.split('\n').filter((line) => line !== '');
}

const spentInBooks = async (): Promise<{ inLedger: number; held: number }> => {
  const common = { windowId: 'look', clock: systemClock };
  const ledger = createLedger({ ...common, folder: join(folder, 'ledger'), price });
  await ledger.loaded;
  const caps = state<Caps>({ dayUsd: CAP, warnAt: 0.8 });
  const budget = createBudget({ ...common, folder: join(folder, 'budget'), ledger, caps });
  await budget.refresh();
  const result = { inLedger: ledger.spend().todayUsd, held: budget.state().spentToday };
  await budget.dispose();
  await ledger.dispose();
  return result;
};

describe('windows that race for one budget', () => {
  it('together never pass the cap, and use nearly all of it', async () => {
    const printed = (await Promise.all(['a', 'b', 'c', 'd'].map((name) => spend(name)))).flat();
    const reserved = printed.filter((line) => line.startsWith('reserved'));
    expect(new Set(reserved).size).toBe(reserved.length);
    expect(reserved.length).toBeLessThanOrEqual(FIT);
    expect(reserved.length).toBeGreaterThanOrEqual(FIT - 3);
    const { inLedger, held } = await spentInBooks();
    expect(inLedger).toBeCloseTo(reserved.length * 0.009, 9);
    expect(held).toBe(inLedger);
  }, 60_000);

  it('do not pass it when some are killed in the middle either', async () => {
    const printed = (await Promise.all([spend('a', 3), spend('b', 5), spend('c'), spend('d')])).flat();
    const reserved = printed.filter((line) => line.startsWith('reserved'));
    expect(reserved.length).toBeLessThanOrEqual(FIT);
    const { held } = await spentInBooks();
    // What a killed window had reserved counts, whether or not it got to write that down as spent.
    expect(held).toBeGreaterThanOrEqual(reserved.length * 0.009 - 1e-9);
    expect(held).toBeLessThanOrEqual(CAP);
  }, 60_000);
});
