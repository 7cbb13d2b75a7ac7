import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, noticesOf, type Ledger } from '../../../src/ledger';
import type { StorageLimits } from '../../../src/ledger/ledger-storage';
import { calendar } from '../../../src/ledger/stats/calendar';
import { withFolderLock } from '../../../src/ledger/storage/folder-lock';
import { nodeLedgerFs, type LedgerFs } from '../../../src/ledger/storage/ledger-fs';
import { completion, NOON, onCloud, price } from './outcomes';
import { testClock, type TestClock } from './test-clock';

const DAY_MS = 24 * 3_600_000;

let folder: string;
let clock: TestClock;
let open: Ledger[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-bad-'));
  clock = testClock(NOON);
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((ledger) => ledger.dispose()));
  await rm(folder, { recursive: true, force: true });
});

const start = async (fs: LedgerFs = nodeLedgerFs, limits: Partial<StorageLimits> = {}): Promise<Ledger> => {
  const ledger = createLedger({
    folder,
    windowId: 'w',
    clock,
    calendar: calendar('Europe/Berlin'),
    price,
    fs,
    limits,
  });
  open.push(ledger);
  await ledger.loaded;
  return ledger;
};

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** A disk that can be filled: a write then gets as far as half of its bytes. */
function disk(): LedgerFs & { full: boolean; canTruncate: boolean } {
  const faulty = {
    ...nodeLedgerFs,
    full: false,
    canTruncate: true,
    async openAppend(path: string) {
      const file = await nodeLedgerFs.openAppend(path);
      return {
        ...file,
        async write(bytes: Uint8Array) {
          if (!faulty.full) return file.write(bytes);
          await file.write(bytes.subarray(0, bytes.length / 2));
          throw failure('ENOSPC');
        },
        truncate: (size: number) =>
          faulty.canTruncate ? file.truncate(size) : Promise.reject(failure('EIO')),
      };
    },
  };
  return faulty;
}

describe('a full disk', () => {
  it('keeps entries in memory, says so, and writes them when there is room', async () => {
    const fs = disk();
    const ledger = await start(fs);
    ledger.append(onCloud());
    await ledger.flush();
    fs.full = true;
    ledger.append(onCloud());
    ledger.append(onCloud());
    expect(await ledger.flush()).toBe(false);
    expect(ledger.stats.get().today.requests).toBe(3);
    expect(ledger.health.get().writing).toEqual({
      kind: 'failing',
      reason: 'disk-full',
      code: 'ENOSPC',
      held: 2,
      dropped: 0,
    });
    expect(noticesOf(ledger.health.get()).map(({ key }) => key)).toEqual(['writing/disk-full']);

    fs.full = false;
    clock.advance(5_000);
    expect(await ledger.flush()).toBe(true);
    expect(ledger.health.get().writing).toEqual({ kind: 'ok' });
    const other = await start();
    expect(other.stats.get().all.requests).toBe(3);
    expect(other.health.get().damaged).toBe(0);
  });

  it('loses nothing and counts nothing twice where half a line cannot be taken back either', async () => {
    const fs = disk();
    const ledger = await start(fs);
    ledger.append(onCloud());
    await ledger.flush();
    fs.full = true;
    fs.canTruncate = false;
    ledger.append(onCloud());
    await ledger.flush();
    fs.full = false;
    expect(await ledger.flush()).toBe(true);
    const other = await start();
    expect(other.stats.get().all).toMatchObject({ requests: 2, spent: { usd: 0.018 } });
  });

  it('gives up the oldest entries beyond a bound, and says how many', async () => {
    const fs = disk();
    fs.full = true;
    const ledger = await start(fs, { maxHeld: 10 });
    ledger.append(onCloud());
    await ledger.flush();
    for (let i = 0; i < 14; i++) ledger.append(onCloud());
    expect(ledger.health.get().writing).toMatchObject({ held: 10, dropped: 5 });
    expect(noticesOf(ledger.health.get()).map(({ key }) => key)).toContain('dropped');
    // This window still knows them all.
    expect(ledger.stats.get().today.requests).toBe(15);
  });

  it('holds no more entries in memory than a bound, and still counts all', async () => {
    const fs = disk();
    fs.full = true;
    const ledger = await start(fs, { maxHeld: 10, keepOpen: 5 });
    for (let i = 0; i < 100; i++) ledger.append(onCloud({ endedAt: NOON + i }));
    expect(ledger.recent.get().length).toBeLessThanOrEqual(20);
    expect(ledger.stats.get().today).toMatchObject({ requests: 100, spent: { usd: 0.9 } });
  });

  it('leaves the sums alone when they cannot be replaced', async () => {
    const fs: LedgerFs = { ...nodeLedgerFs, replace: () => Promise.reject(failure('ENOSPC')) };
    const ledger = await start(fs, { keepOpen: 2 });
    clock.advance(60_000);
    for (let i = 0; i < 20; i++) ledger.append(onCloud());
    await ledger.flush();
    await ledger.dispose();
    expect(ledger.health.get().rollingUp).toEqual({ kind: 'failing', code: 'ENOSPC' });
    expect((await start()).stats.get().all.requests).toBe(20);
  });
});

describe('a folder that cannot be used', () => {
  it('read-only: shows what is there, keeps what is new, says so', async () => {
    const before = await start();
    before.append(onCloud());
    await before.dispose();
    const readOnly: LedgerFs = {
      ...nodeLedgerFs,
      makeFolder: () => Promise.reject(failure('EROFS')),
      openAppend: () => Promise.reject(failure('EROFS')),
      replace: () => Promise.reject(failure('EROFS')),
      createExclusive: () => Promise.reject(failure('EROFS')),
    };
    const ledger = await start(readOnly);
    ledger.append(onCloud());
    expect(await ledger.flush()).toBe(false);
    expect(ledger.stats.get().all.requests).toBe(2);
    expect(ledger.health.get().writing).toMatchObject({ kind: 'failing', reason: 'read-only' });
  });

  it('unreadable: goes on with what this window sees, and says so', async () => {
    const fs: LedgerFs = { ...nodeLedgerFs, list: () => Promise.reject(failure('EACCES')) };
    const ledger = await start(fs);
    ledger.append(onCloud());
    expect(ledger.stats.get().all.requests).toBe(1);
    expect(ledger.health.get().reading).toEqual({ kind: 'failing', code: 'EACCES' });
    fs.list = (path) => nodeLedgerFs.list(path);
    await ledger.refresh();
    expect(ledger.health.get().reading).toEqual({ kind: 'ok' });
  });

  it('deleted under way: starts a new file and loses only what was deleted', async () => {
    const ledger = await start();
    ledger.append(onCloud());
    await ledger.flush();
    clock.jump(NOON + DAY_MS);
    await rm(folder, { recursive: true });
    ledger.append(onCloud({ at: NOON + DAY_MS }));
    expect(await ledger.flush()).toBe(true);
    expect((await start()).stats.get().all.requests).toBe(1);
  });

  it('deleted on the same day: nothing is acknowledged that went into a file nobody can read', async () => {
    const ledger = await start();
    ledger.append(onCloud());
    await ledger.flush();
    await rm(folder, { recursive: true });
    ledger.append(onCloud());
    ledger.append(onCloud());
    expect(await ledger.flush()).toBe(true);
    expect(ledger.health.get().writing).toEqual({ kind: 'ok' });
    expect((await start()).stats.get().all.requests).toBe(2);
  });
});

describe('the clock', () => {
  it('begins a new file and a new "today" at midnight, without a new entry', async () => {
    const ledger = await start();
    ledger.append(onCloud());
    await ledger.flush();
    clock.jump(NOON + DAY_MS);
    await ledger.refresh();
    expect(ledger.stats.get()).toMatchObject({
      day: '2026-11-24',
      today: { requests: 0 },
      week: { requests: 1 },
    });
    ledger.append(onCloud({ at: NOON + DAY_MS }));
    await ledger.flush();
    const days = (await readdir(folder))
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => name.slice(0, 10));
    expect(days.sort()).toEqual(['2026-11-23', '2026-11-24']);
  });

  it('may jump years ahead and back: nothing is lost, and old entries are still rolled up', async () => {
    const ledger = await start(nodeLedgerFs, { keepOpen: 5 });
    for (const jump of [0, 3 * 365 * DAY_MS, 1]) {
      clock.jump(NOON + jump);
      for (let i = 0; i < 10; i++) ledger.append(onCloud({ at: NOON + jump + i }));
      await ledger.flush();
    }
    await ledger.dispose();
    const again = await start(nodeLedgerFs, { keepOpen: 5 });
    expect(again.stats.get()).toMatchObject({ all: { requests: 30 }, today: { requests: 20 } });
    const rollup = JSON.parse(await readFile(join(folder, 'rollup.json'), 'utf8')) as { entries: number };
    expect(rollup.entries).toBeGreaterThanOrEqual(20);
  });
});

describe('rolling up', () => {
  it('keeps every figure exactly as it was', async () => {
    const ledger = await start(nodeLedgerFs, { keepOpen: 1_000 });
    for (let i = 0; i < 120; i++) {
      const at = NOON - (120 - i) * (DAY_MS / 2);
      const made = i % 3 === 0 ? onCloud({ at }) : completion({ at });
      ledger.append(made);
      if (i % 4 === 0) ledger.amend({ requestId: made.requestId, verdict: 'accepted', at: at + 1 });
    }
    const before = ledger.stats.get();
    await ledger.dispose();
    await (await start(nodeLedgerFs, { keepOpen: 3 })).dispose();
    const after = await start(nodeLedgerFs, { keepOpen: 3 });
    const { since, ...figures } = after.stats.get();
    expect(figures).toEqual({ ...before, since: undefined, ...figures, all: before.all, days: before.days });
    expect(since?.slice(0, 7)).toBe(before.since?.slice(0, 7));
    expect(after.recent.get().length).toBeLessThan(10);
  });

  it('moves files away that are all in the sums, and deletes them when they are old', async () => {
    const dead = '2026-11-20.gone-999999999-abcd1234.1.jsonl';
    const ledger = await start();
    for (let i = 0; i < 10; i++) ledger.append(onCloud());
    await ledger.dispose();
    const [name = ''] = (await readdir(folder)).filter((one) => one.endsWith('.jsonl'));
    await writeFile(join(folder, dead), await readFile(join(folder, name)));
    await rm(join(folder, name));
    const none = { keepOpen: 0 };
    await (await start(nodeLedgerFs, none)).dispose();
    await (await start(nodeLedgerFs, none)).dispose();
    expect(await readdir(join(folder, 'archive'))).toEqual([dead]);
    const kept = await start(nodeLedgerFs, none);
    expect(kept.stats.get().all.requests).toBe(10);
    kept.append(onCloud());
    await kept.dispose();
    const last = await start(nodeLedgerFs, { ...none, retentionDays: -1 });
    expect(await readdir(join(folder, 'archive'))).toEqual([]);
    expect(last.stats.get().all.requests).toBe(11);
  });

  it('is left to one window at a time, and taken over from one that was killed', async () => {
    const order: string[] = [];
    await withFolderLock(nodeLedgerFs, folder, async () => {
      const second = await withFolderLock(nodeLedgerFs, folder, () => Promise.resolve(order.push('never')));
      expect(second).toBeUndefined();
    });
    await writeFile(join(folder, 'rollup.lock'), '999999999');
    expect(await withFolderLock(nodeLedgerFs, folder, () => Promise.resolve('done'))).toEqual({
      done: 'done',
    });
    await expect(stat(join(folder, 'rollup.lock'))).rejects.toThrow('ENOENT');
    expect(order).toEqual([]);
  });

  it('goes on after a moment in which the lock could not be removed', async () => {
    let readOnly = true;
    const remove = (path: string): Promise<void> =>
      readOnly ? Promise.reject(failure('EROFS')) : nodeLedgerFs.remove(path);
    const fs = { ...nodeLedgerFs, remove };
    const once = (): Promise<unknown> => withFolderLock(fs, folder, () => Promise.resolve('done'));
    expect(await once()).toEqual({ done: 'done' });
    readOnly = false;
    expect(await once()).toEqual({ done: 'done' });
  });

  it('does not touch sums that a newer version wrote', async () => {
    const newer = '{"v":9,"surprise":true}';
    await writeFile(join(folder, 'rollup.json'), newer);
    const ledger = await start(nodeLedgerFs, { keepOpen: 1 });
    for (let i = 0; i < 10; i++) ledger.append(onCloud());
    await ledger.dispose();
    expect(ledger.health.get().rollup).toBe('newer');
    expect(await readFile(join(folder, 'rollup.json'), 'utf8')).toBe(newer);
  });
});

describe('a disposed ledger', () => {
  it('leaves no timer', async () => {
    const ledger = await start();
    ledger.append(onCloud());
    await ledger.dispose();
    expect(clock.timers).toBe(0);
  });
});
