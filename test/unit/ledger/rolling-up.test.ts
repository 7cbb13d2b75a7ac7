import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, type RangeStats } from '../../../src/ledger';
import { calendar as calendarOf } from '../../../src/ledger/stats/calendar';
import { compact } from '../../../src/ledger/storage/compact';
import { nodeLedgerFs } from '../../../src/ledger/storage/ledger-fs';
import type { Clock } from '../../../src/base/clock';
import { completion, NOON, price } from './outcomes';
import { testClock } from './test-clock';

const HOUR_MS = 3_600_000;
const calendar = calendarOf('Europe/Berlin');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-rolling-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const open = async (windowId: string, clock: Clock = testClock(NOON)): Promise<Ledger> => {
  const ledger = createLedger({ folder, windowId, clock, calendar, price, limits: { keepOpen: 100_000 } });
  await ledger.loaded;
  return ledger;
};

/** Shows completions, and accepts each when the next `later` ones have been shown. */
function accept(ledger: Ledger, count: number, later: number, at = NOON): void {
  const shown = Array.from({ length: count }, (_, i) => completion({ at: at + i, endedAt: at + i }));
  for (const [i, one] of shown.entries()) {
    ledger.append(one);
    const earlier = shown[i - later];
    if (earlier !== undefined)
      ledger.amend({ requestId: earlier.requestId, verdict: 'accepted', at: at + i });
  }
}

async function rollUp(keepOpen: number, linesAPass: number, now = NOON + HOUR_MS): Promise<number> {
  const options = { fs: nodeLedgerFs, folder, calendar, now, keepOpen, linesAPass, retentionMs: 1e12 };
  for (let passes = 1; passes < 200; passes++) {
    const done = await compact(options);
    if (done.kind !== 'done' || !done.more) return passes;
  }
  throw new Error('Rolling up does not come to an end');
}

async function totals(): Promise<RangeStats> {
  const ledger = await open('reader');
  const { all } = ledger.stats.get();
  await ledger.dispose();
  return all;
}

describe('rolling up in several passes', () => {
  it('keeps every verdict, where a pass ends between an entry and its verdict', async () => {
    const windows = await Promise.all(['a', 'b', 'c'].map((id) => open(id)));
    for (const [i, window] of windows.entries()) accept(window, 100, 5, NOON + i * 40);
    for (const window of windows) await window.dispose();
    const before = await totals();
    expect(before.saved.usd).toBeGreaterThan(0);

    expect(await rollUp(10, 120)).toBeGreaterThan(3);

    expect(await totals()).toEqual(before);
  });

  it('keeps every verdict, where the next file of the session is left for another pass', async () => {
    const clock = testClock(NOON);
    const window = await open('a', clock);
    const shown = Array.from({ length: 30 }, (_, i) => completion({ at: NOON + i, endedAt: NOON + i }));
    for (const one of shown) window.append(one);
    await window.flush();
    clock.advance(24 * HOUR_MS);
    for (const { requestId } of shown)
      window.amend({ requestId, verdict: 'accepted', at: NOON + 24 * HOUR_MS });
    await window.dispose();
    const before = await totals();

    await rollUp(20, 30, NOON + 25 * HOUR_MS);

    expect(await totals()).toEqual(before);
  });
});
