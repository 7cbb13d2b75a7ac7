import { state } from 'callbag-recharge';
import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger } from '../../../src/ledger';
import { createBudget, type Budget, type Caps } from '../../../src/ledger/budget';
import { calendar } from '../../../src/ledger/stats/calendar';
import { nodeLedgerFs, type LedgerFs } from '../../../src/ledger/storage/ledger-fs';
import { isOverCap, usedUnderCaps, type Reservation, type ReserveResult } from '../../../src/routing/budget';
import { NOON, onCloud, price } from './outcomes';
import { testClock, type TestClock } from './test-clock';

interface Window {
  readonly clock: TestClock;
  readonly ledger: Ledger;
  readonly budget: Budget;
}

let folder: string;
let windows: Window[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'budget-'));
  windows = [];
});

afterEach(async () => {
  for (const { budget, ledger } of windows) {
    await budget.dispose();
    await ledger.dispose();
  }
  await rm(folder, { recursive: true, force: true });
});

const openWindow = async (
  caps: Partial<Caps>,
  at = NOON,
  fs: LedgerFs = nodeLedgerFs,
  zone = 'Europe/Berlin',
): Promise<Window> => {
  const clock = testClock(at);
  const common = { windowId: 'w', clock, calendar: calendar(zone), fs };
  const ledger = createLedger({ ...common, folder: join(folder, 'ledger'), price });
  await ledger.loaded;
  const budget = createBudget({
    ...common,
    folder: join(folder, 'budget'),
    ledger,
    caps: state<Caps>({ warnAt: 0.8, ...caps }),
    random: () => 0,
  });
  await budget.refresh();
  const window = { clock, ledger, budget };
  windows.push(window);
  return window;
};

const held = (result: ReserveResult): Reservation => {
  if (result.kind !== 'reserved') throw new Error(`not reserved: ${JSON.stringify(result)}`);
  return result.reservation;
};

describe('a budget', () => {
  it('says "none" without caps, and holds nothing', async () => {
    const { budget } = await openWindow({});
    held(await budget.reserve('r', 1_000));
    expect(budget.state()).toEqual({ spentToday: 0, spentThisMonth: 0, reserved: 0, level: 'none' });
  });

  it('holds an estimate until the request is settled', async () => {
    const { budget } = await openWindow({ dayUsd: 1 });
    const reservation = held(await budget.reserve('r', 0.5));
    expect(budget.state()).toMatchObject({ reserved: 0.5, spentToday: 0, level: 'ok' });
    await reservation.settle(0.2);
    expect(budget.state()).toMatchObject({ reserved: 0, spentToday: 0.2 });
    await reservation.settle(0.9);
    expect(budget.state()).toMatchObject({ spentToday: 0.2 });
  });

  it('lets the ledger entry take the place of the reservation, whichever comes first', async () => {
    const { budget, ledger } = await openWindow({ dayUsd: 1 });
    const settledFirst = held(await budget.reserve('a', 0.5));
    await settledFirst.settle(0.009);
    ledger.append(onCloud({ requestId: 'a' }));
    expect(budget.state()).toMatchObject({ spentToday: 0.009, reserved: 0 });
    const enteredFirst = held(await budget.reserve('b', 0.5));
    ledger.append(onCloud({ requestId: 'b' }));
    expect(budget.state()).toMatchObject({ spentToday: 0.018, reserved: 0 });
    await enteredFirst.settle(0.009);
    await budget.refresh();
    expect(budget.state()).toMatchObject({ spentToday: 0.018, spentThisMonth: 0.018 });
  });

  it('warns from the warning level on and caps at the cap', async () => {
    const { budget } = await openWindow({ dayUsd: 1 });
    await held(await budget.reserve('a', 0.8)).settle(0.8);
    expect(budget.state().level).toBe('warning');
    expect(await budget.reserve('b', 0.3)).toEqual({ kind: 'over-cap', cap: 'day', leftUsd: 0.2 });
    await held(await budget.reserve('c', 0.2)).settle(0.2);
    expect(budget.state().level).toBe('capped');
    expect(await budget.reserve('free', 0)).toEqual({ kind: 'over-cap', cap: 'day', leftUsd: 0 });
  });

  it.each([NaN, Infinity, -1])('holds everything back while a cap is set to %d', async (dayUsd) => {
    const { budget } = await openWindow({ dayUsd, monthUsd: 100 });
    expect(budget.state()).toMatchObject({ level: 'capped', dayCap: 0 });
    expect(await budget.reserve('r', 0.01)).toEqual({ kind: 'over-cap', cap: 'day', leftUsd: 0 });
  });

  it('names the month’s cap when that is the one', async () => {
    const { budget } = await openWindow({ dayUsd: 5, monthUsd: 1 });
    expect(await budget.reserve('a', 2)).toEqual({ kind: 'over-cap', cap: 'month', leftUsd: 1 });
  });

  it('gives back what a request did not use', async () => {
    const { budget } = await openWindow({ dayUsd: 1 });
    await held(await budget.reserve('a', 0.9)).settle(0);
    expect((await budget.reserve('b', 0.9)).kind).toBe('reserved');
  });

  it('lets a request through that the user allowed, and counts it', async () => {
    const { budget } = await openWindow({ dayUsd: 1 });
    held(await budget.reserve('a', 2, { allowOverCap: true }));
    expect(budget.state()).toMatchObject({ reserved: 2, level: 'capped' });
  });

  it('starts anew the next day, but not the next month’s count', async () => {
    const { budget, clock } = await openWindow({ dayUsd: 1, monthUsd: 1.5 });
    await held(await budget.reserve('a', 1)).settle(1);
    clock.jump(NOON + 24 * 3_600_000);
    expect(budget.state()).toMatchObject({ spentToday: 0, spentThisMonth: 1 });
    expect(await budget.reserve('b', 0.6)).toMatchObject({ kind: 'over-cap', cap: 'month' });
    clock.jump(NOON + 10 * 24 * 3_600_000);
    expect(budget.state().spentThisMonth).toBe(0);
  });

  it('tells a request under way over midnight apart from what the new day has spent', async () => {
    const late = Date.parse('2026-11-23T23:55:00+01:00');
    const { budget, ledger, clock } = await openWindow({ dayUsd: 1, monthUsd: 10 }, late);
    const overnight = held(await budget.reserve('overnight', 0.5));
    clock.jump(late + 10 * 60_000);
    ledger.append(onCloud({ at: clock.now() }));
    const state = budget.state();
    expect(state).toMatchObject({
      spentToday: 0.009,
      spentThisMonth: 0.009,
      reserved: 0.5,
      reservedToday: 0,
    });
    expect(usedUnderCaps(state)).toEqual({ day: 0.009, month: 0.509 });
    expect(isOverCap(state, 0.9)).toBe(false);
    expect(isOverCap(state, 1)).toBe(true);
    await overnight.settle(0.2);
    expect(budget.state()).toMatchObject({ spentToday: 0.009, spentThisMonth: 0.209, reserved: 0 });
  });

  it.each([
    ['begins, a day of 23 hours', '2026-03-29T00:10:00+01:00', '2026-03-29T23:50:00+02:00'],
    ['ends, a day of 25 hours', '2026-10-25T00:10:00+02:00', '2026-10-25T23:50:00+01:00'],
  ])('counts a whole day where summer time %s', async (_, morning, evening) => {
    const { budget, clock } = await openWindow({ dayUsd: 1 }, Date.parse(morning));
    await held(await budget.reserve('a', 0.9)).settle(0.9);
    clock.jump(Date.parse(evening));
    expect(budget.state().spentToday).toBe(0.9);
    clock.jump(Date.parse(evening) + 20 * 60_000);
    expect(budget.state().spentToday).toBe(0);
  });

  it('is used up where a cap is set below what was spent already, and says what is over', async () => {
    const { budget } = await openWindow({ dayUsd: 1, monthUsd: 0.3 });
    expect(await budget.reserve('a', 0.5)).toEqual({ kind: 'over-cap', cap: 'month', leftUsd: 0.3 });
    held(await budget.reserve('a', 0.5, { allowOverCap: true }));
    expect(await budget.reserve('b', 0.001)).toEqual({ kind: 'over-cap', cap: 'month', leftUsd: 0 });
    expect(budget.state().level).toBe('capped');
  });

  it('takes a settlement after its closing without a word, and does not keep its process busy', async () => {
    const { budget } = await openWindow({ dayUsd: 1 });
    const reservation = held(await budget.reserve('a', 0.5));
    await budget.dispose();
    await expect(reservation.settle(0.2)).resolves.toBeUndefined();
  });

  it('reserves nothing while it closes: nobody could give it back any more', async () => {
    const one = await openWindow({ dayUsd: 1 });
    const asked = one.budget.reserve('a', 0.5);
    const refused = expect(asked).rejects.toThrow('closed');
    await one.budget.dispose();
    await refused;
    const two = await openWindow({ dayUsd: 1 });
    expect(two.budget.state()).toMatchObject({ reserved: 0, spentToday: 0 });
  });

  it('reserves nothing once it is closed, since no other window would see it', async () => {
    const { budget } = await openWindow({ dayUsd: 1 });
    await budget.dispose();
    await expect(budget.reserve('a', 0.5)).rejects.toThrow('closed');
  });

  it('cannot be escaped by setting the clock back', async () => {
    const { budget, ledger, clock } = await openWindow({ dayUsd: 0.01 });
    ledger.append(onCloud({ at: NOON }));
    clock.jump(NOON - 3 * 24 * 3_600_000);
    expect((await budget.reserve('b', 0.009)).kind).toBe('over-cap');
  });
});

describe('a budget of several windows', () => {
  it('counts what another window reserved, settled or spent', async () => {
    const one = await openWindow({ dayUsd: 1 });
    const two = await openWindow({ dayUsd: 1 });
    const reservation = held(await one.budget.reserve('a', 0.6));
    // The other window may be about to give its reservation back: it is asked again after a pause.
    const refused = two.budget.reserve('b', 0.6);
    await settleWith(two.clock, refused);
    expect(await refused).toEqual({ kind: 'over-cap', cap: 'day', leftUsd: 0.4 });
    await reservation.settle(0.1);
    held(await two.budget.reserve('c', 0.6));
    await one.budget.refresh();
    expect(one.budget.state()).toMatchObject({ spentToday: 0.1, reserved: 0.6 });
  });

  it('counts what another window spends while this one reads the books', async () => {
    const books = { ledger: join(folder, 'ledger'), budget: join(folder, 'budget') };
    const one = await openWindow({ dayUsd: 0.015 });
    const reservation = held(await one.budget.reserve('a', 0.009));
    const spend = async (): Promise<void> => {
      one.ledger.append(onCloud({ requestId: 'a' }));
      await reservation.settle(0.009);
    };
    let isReserving = false;
    let ledgerRead = (): void => undefined;
    const afterLedger = new Promise<void>((resolve) => (ledgerRead = resolve));
    const two = await openWindow({ dayUsd: 0.015 }, NOON, {
      ...nodeLedgerFs,
      // The ledger is listed, then the other window spends, and then the reservations are listed.
      list: async (path) => {
        if (isReserving && path === books.budget) await afterLedger.then(spend);
        const names = await nodeLedgerFs.list(path);
        if (isReserving && path === books.ledger) ledgerRead();
        return names;
      },
    });
    isReserving = true;
    expect(await two.budget.reserve('b', 0.009)).toEqual({ kind: 'over-cap', cap: 'day', leftUsd: 0.006 });
  });

  it('counts what was reserved at the end of a month, in a time zone where the next one has begun', async () => {
    const evening = Date.parse('2026-11-30T21:30:00Z');
    const berlin = await openWindow({ dayUsd: 1 }, evening);
    await held(await berlin.budget.reserve('a', 0.9)).settle(0.9);
    const tokyo = await openWindow({ dayUsd: 1 }, evening, nodeLedgerFs, 'Asia/Tokyo');
    expect(tokyo.budget.state().spentToday).toBe(0.9);
    expect((await tokyo.budget.reserve('b', 0.2)).kind).toBe('over-cap');
  });

  it('survives a restart', async () => {
    const before = await openWindow({ dayUsd: 1 });
    await held(await before.budget.reserve('a', 0.6)).settle(0.6);
    await before.budget.dispose();
    const after = await openWindow({ dayUsd: 1 });
    expect(after.budget.state().spentToday).toBe(0.6);
  });

  it('counts the estimate of a killed window as spent until its day is over', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await mkdir(join(folder, 'budget'), { recursive: true });
    await writeFile(
      join(folder, 'budget', `2026-11-23.w-${dead}-0a0b0c0d.1.jsonl`),
      `${JSON.stringify({ v: 1, t: 'reserve', id: 'x', request: 'lost', usd: 0.7, at: NOON - 1_000 })}\n{"v":1,"t":"set`,
    );
    const { budget, clock } = await openWindow({ dayUsd: 1 });
    expect(budget.state()).toMatchObject({ spentToday: 0.7, reserved: 0, lost: 0.7 });
    expect(await budget.reserve('b', 0.5)).toMatchObject({ kind: 'over-cap' });
    clock.jump(NOON + 24 * 3_600_000);
    expect(budget.state()).toMatchObject({ spentToday: 0, spentThisMonth: 0.7 });
  });

  it('does not count a killed window’s estimate when its entry was written', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await mkdir(join(folder, 'budget'), { recursive: true });
    const file = join(folder, 'budget', `2026-11-23.w-${dead}-0a0b0c0d.1.jsonl`);
    await appendFile(
      file,
      `${JSON.stringify({ v: 1, t: 'reserve', id: 'x', request: 'done', usd: 0.7, at: NOON })}\n`,
    );
    const { budget, ledger } = await openWindow({ dayUsd: 1 });
    ledger.append(onCloud({ requestId: 'done' }));
    await budget.refresh();
    expect(budget.state()).toMatchObject({ spentToday: 0.009, reserved: 0 });
    await budget.dispose();
    const said = await Promise.all(
      (await readdir(join(folder, 'budget'))).map((name) => readFile(join(folder, 'budget', name), 'utf8')),
    );
    expect(said.join('')).toContain('"booked"');
  });

  it('still holds within a window whose folder cannot be written to', async () => {
    const readOnly: LedgerFs = {
      ...nodeLedgerFs,
      openAppend: () => Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' })),
    };
    const { budget } = await openWindow({ dayUsd: 1 }, NOON, readOnly);
    held(await budget.reserve('a', 0.6));
    expect((await budget.reserve('b', 0.6)).kind).toBe('over-cap');
    expect(budget.writing.get()).toMatchObject({ kind: 'failing', code: 'EROFS' });
  });
});

/** Lets a fake clock run until a promise is settled. */
async function settleWith(clock: TestClock, promise: Promise<unknown>): Promise<void> {
  let done = false;
  const stop = () => {
    done = true;
  };
  promise.then(stop, stop);
  const isDone = () => done;
  while (!isDone()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(20);
  }
}
