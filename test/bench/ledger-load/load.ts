/** Opens a ledger as a window does, and prints what that took: `load FOLDER`. */
import { effect } from 'callbag-recharge';
import { systemClock } from '../../../src/base/clock';
import { createLedger } from '../../../src/ledger';
import { toNano } from '../../../src/ledger/money';
import { price } from '../../unit/ledger/outcomes';

export interface Loaded {
  /** Until figures and last requests could be drawn. */
  readonly firstPaintMs: number;
  /** The processor time of that, which other work on the machine does not change. */
  readonly firstPaintCpuMs: number;
  readonly loadedMs: number;
  readonly heapMb: number;
  readonly rssMb: number;
  /** Of Node with all code loaded and no ledger. */
  readonly rssBeforeMb: number;
  readonly requests: number;
  readonly spentNano: number;
}

const MB = 1 << 20;
const rssBeforeMb = process.memoryUsage().rss / MB;
const began = performance.now();
const ledger = createLedger({ folder: process.argv[2] ?? '', windowId: 'load', clock: systemClock, price });
const cpuBefore = process.cpuUsage();
let firstPaintMs = 0;
let firstPaintCpuMs = 0;
const stop = effect([ledger.version], () => {
  const painted = ledger.stats.get().all.requests > 0 && ledger.recent.get().length > 0;
  if (!painted || firstPaintMs > 0) return;
  firstPaintMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  firstPaintCpuMs = (user + system) / 1_000;
});
await ledger.loaded;
const loadedMs = performance.now() - began;
await ledger.refresh();
globalThis.gc?.();
const memory = process.memoryUsage();
const { all } = ledger.stats.get();
const loaded: Loaded = {
  firstPaintMs,
  firstPaintCpuMs,
  loadedMs,
  heapMb: memory.heapUsed / MB,
  rssMb: memory.rss / MB,
  rssBeforeMb,
  requests: all.requests,
  spentNano: toNano(all.spent.usd),
};
stop();
await ledger.dispose();
console.log(JSON.stringify(loaded));
