import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock';
import { createLedger, type LedgerEntry, type LedgerHealth } from '../../../src/ledger';
import { toNano } from '../../../src/ledger/money';
import { CRASH_LIMITS } from './limits';
import { price } from '../../unit/ledger/outcomes';

export interface CrashReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged entries that are not in the ledger. */
  readonly lost: number;
  /** Entries that the ledger gives out more than once, or counts more than once. */
  readonly twice: number;
  readonly entries: number;
  /** The sums against the entries one by one, in nano-USD; 0 means exact. */
  readonly spentOff: number;
  readonly savedOff: number;
  /** A window that was open all the time shows what a fresh one shows. */
  readonly sameInOldWindow: boolean;
  readonly health: LedgerHealth;
}

/** Deterministic numbers from 0 to 1 (mulberry32), so that a seed names a run's delays. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class Writer {
  readonly acknowledged: string[] = [];
  readonly #child: ChildProcess;
  readonly ended: Promise<void>;
  readonly writing: Promise<void>;

  constructor(script: string, folder: string, name: string) {
    const child = spawn(process.execPath, [script, folder, name], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    let rest = '';
    let started: () => void = () => undefined;
    this.writing = new Promise((resolve) => {
      started = resolve;
    });
    child.stdout.on('data', (data: Buffer) => {
      const lines = (rest + data.toString('utf8')).split('\n');
      // An id cut off by the kill was not acknowledged.
      rest = lines.pop() ?? '';
      this.acknowledged.push(...lines);
      if (lines.length > 0) started();
    });
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Any of the writers that have begun to write; a process takes a while to get there. */
async function oneThatWrites(writers: readonly Writer[], random: () => number): Promise<Writer> {
  await Promise.race(writers.map((writer) => writer.writing));
  const writing = writers.filter((writer) => writer.acknowledged.length > 0);
  const found = writing[Math.floor(random() * writing.length)];
  if (found === undefined) throw new Error('no writer has written');
  return found;
}

/** Lets writers write one ledger and kills one after the other at random moments, then reads everything back. */
export async function crashTest(options: {
  readonly script: string;
  readonly kills: number;
  readonly writers: number;
  readonly seed: number;
}): Promise<CrashReport> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-crash-'));
  const random = randomFrom(options.seed);
  const watching = createLedger({
    folder,
    windowId: 'watching',
    clock: systemClock,
    price,
    limits: CRASH_LIMITS,
  });
  const all: Writer[] = [];
  const start = (): Writer => {
    const writer = new Writer(options.script, folder, `w${all.length}`);
    all.push(writer);
    return writer;
  };
  try {
    const running = Array.from({ length: options.writers }, start);
    for (let kill = 0; kill < options.kills; kill++) {
      await pause(random() * 60);
      const victim = await oneThatWrites(running, random);
      const index = running.indexOf(victim);
      victim.kill();
      await victim.ended;
      running[index] = start();
    }
    for (const writer of running) writer.kill();
    await Promise.all(running.map((writer) => writer.ended));
    return await verify(
      folder,
      watching,
      options.kills,
      new Set(all.flatMap((writer) => writer.acknowledged)),
    );
  } finally {
    for (const writer of all) writer.kill();
    await watching.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function verify(
  folder: string,
  watching: ReturnType<typeof createLedger>,
  kills: number,
  acknowledged: ReadonlySet<string>,
): Promise<CrashReport> {
  const ledger = createLedger({
    folder,
    windowId: 'fresh',
    clock: systemClock,
    price,
    limits: CRASH_LIMITS,
  });
  await ledger.loaded;
  await ledger.refresh();
  await watching.refresh();
  let text = '';
  for await (const piece of ledger.export('json')) text += piece;
  const { entries } = JSON.parse(text) as { entries: LedgerEntry[] };
  const ids = new Set(entries.map((entry) => entry.outcome.requestId));
  const sum = (read: (entry: LedgerEntry) => number | undefined) =>
    entries.reduce((total, entry) => total + toNano(read(entry) ?? 0), 0);
  const { all } = ledger.stats.get();
  const report: CrashReport = {
    kills,
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((id) => !ids.has(id)).length,
    twice: entries.length - ids.size + Math.abs(all.requests - ids.size),
    entries: ids.size,
    spentOff: toNano(all.spent.usd) - sum((entry) => entry.spentUsd),
    savedOff: toNano(all.saved.usd) - sum((entry) => entry.savedUsd),
    sameInOldWindow: JSON.stringify(watching.stats.get()) === JSON.stringify(ledger.stats.get()),
    health: ledger.health.get(),
  };
  await ledger.dispose();
  return report;
}
