/**
 * Fills a ledger with entries of several years, then measures in a fresh process how long a window takes to show its
 * first figures and how much memory it uses: `node scripts/run-ts.mjs test/bench/ledger-load/main.ts
 * [--entries 1000000] [--folder DIR] [--json FILE]`. A folder that is named is kept, and used again when it is filled.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Clock } from '../../../src/base/clock';
import { createLedger } from '../../../src/ledger';
import { toNano } from '../../../src/ledger/money';
import { completion, onCloud, outcome, price } from '../../unit/ledger/outcomes';
import { bundled } from '../bundled';
import type { Loaded } from './load';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    folder: { type: 'string' },
    json: { type: 'string' },
  },
});
const count = Number(values.entries);
const PER_DAY = 1_065; // the working day of `bench:day`
const DAY_MS = 24 * 3_600_000;

/** A clock that the filling moves; timers are real, so that rolling up goes on beside it. */
function movedClock(): Clock & { set(at: number): void } {
  let at = 0;
  return {
    now: () => at,
    monotonic: () => performance.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    set: (to) => {
      at = to;
    },
  };
}

async function fill(folder: string): Promise<number> {
  const clock = movedClock();
  const end = Date.now();
  const start = end - (count / PER_DAY) * DAY_MS;
  clock.set(start);
  const ledger = createLedger({ folder, windowId: 'fill', clock, price });
  await ledger.loaded;
  let spent = 0;
  for (let i = 0; i < count; i++) {
    const at = Math.round(start + ((end - start) * (i + 1)) / count);
    clock.set(at);
    const requestId = `request-${i}`;
    const made =
      i % 20 === 0
        ? onCloud({ requestId, at })
        : i % 10 === 1
          ? outcome({ requestId, at })
          : completion({ requestId, at });
    spent += toNano(ledger.append(made).spentUsd ?? 0);
    if (i % 3 === 0) ledger.amend({ requestId, verdict: 'accepted', at: at + 1 });
    if (i % 500 === 499) await ledger.flush();
    // As many as come in a second of the busiest day; rolling up keeps pace.
    if (i % 2_000 === 1_999) await ledger.refresh();
  }
  await ledger.dispose();
  return spent;
}

const folder = values.folder ?? (await mkdtemp(join(tmpdir(), 'switchyard-ledger-load-')));
try {
  const filled = (await readdir(folder).catch(() => [])).length > 0;
  const began = performance.now();
  const spent = filled ? undefined : await fill(folder);
  if (spent !== undefined)
    console.log(`wrote ${count} entries in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  const script = await bundled(new URL('load.ts', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', script.file, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const piece of child.stdout) text += String(piece);
  await script.dispose();
  const loaded = JSON.parse(text) as Loaded;
  const { firstPaintMs, firstPaintCpuMs, loadedMs, heapMb, rssMb, rssBeforeMb, requests, spentNano } = loaded;
  console.log(`${requests} requests in the figures, spent ${spentNano} nano-USD`);
  console.log(
    `first figures after ${firstPaintMs.toFixed(0)} ms (${firstPaintCpuMs.toFixed(0)} ms of processor), complete and tidied after ${loadedMs.toFixed(0)} ms`,
  );
  console.log(
    `heap ${heapMb.toFixed(1)} MB, resident ${rssMb.toFixed(1)} MB (${rssBeforeMb.toFixed(1)} MB before)`,
  );
  if (spent !== undefined) console.log(`spent is off by ${spentNano - spent} nano-USD`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(loaded)}\n`);
  const exact = spent === undefined || spent === spentNano;
  process.exitCode = requests === count && exact && firstPaintMs < 1_000 && rssMb < 100 + rssBeforeMb ? 0 : 1;
} finally {
  if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}
