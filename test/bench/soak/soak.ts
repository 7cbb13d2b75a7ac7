import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from '../bundled';
import { readBooks, type Books } from './books';
import type { FromWindow } from './messages';
import type { SoakOptions } from './options';
import type { SoakFindings } from './report';
import { startServers, type SoakServers } from './servers';
import { SoakWindow } from './soak-window';
import type { SeenCall } from './wire-watch';
import { writeWorkspace } from './workspace';

/** A given-up call is closed at once; this much is for a machine that is busy. In ms. */
const CLOSE_WITHIN_MS = 3_000;
/** A window that holds on to something is ended; it has told what. In ms. */
const EXIT_WITHIN_MS = 3_000;

export interface SoakRun extends SoakOptions {
  readonly onProgress?: (ended: number) => void;
}

/** Lets windows work on faulty servers and disks, and then holds servers, ledger and processes against each other. */
export async function soak(options: SoakRun): Promise<SoakFindings> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-soak-'));
  const script = await bundled(new URL('window.ts', import.meta.url));
  const servers = await startServers(options);
  const windows: SoakWindow[] = [];
  try {
    await mkdir(join(folder, 'workspace'));
    await writeWorkspace(join(folder, 'workspace'));
    return await run(options, { folder, script: script.file, servers, windows });
  } finally {
    for (const window of windows) window.kill();
    await servers.close();
    await script.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Places {
  readonly folder: string;
  readonly script: string;
  readonly servers: SoakServers;
  readonly windows: SoakWindow[];
}

async function run(options: SoakRun, { folder, script, servers, windows }: Places): Promise<SoakFindings> {
  const started = performance.now();
  const givenUp = new Map<string, number>();
  const progress = new Array<number>(options.windows).fill(0);
  for (let window = 0; window < options.windows; window += 1) {
    const listen = (message: FromWindow): void => {
      if (message.type === 'cancelled') for (const { id, at } of message.requests) givenUp.set(id, at);
      if (message.type !== 'progress') return;
      progress[window] = message.ended;
      options.onProgress?.(progress.reduce((sum, ended) => sum + ended, 0));
    };
    const share = Math.floor((options.requests + window) / options.windows);
    const seed = options.seed * 1_000 + window;
    const urls = { ollamaUrl: servers.ollama.url, claudeUrl: servers.claude.url };
    const own = { window, requests: share, seed, disturbed: options.faults > 0, folder, ...urls };
    windows.push(new SoakWindow(script, own, listen));
  }
  const ended = await Promise.all(windows.map((window) => window.hear('ended')));
  const seconds = (performance.now() - started) / 1_000;
  await servers.calm();
  await nothingOpen(servers);
  const unclosed = countUnclosed(servers, givenUp);
  const stillOpen = servers.watch.stillOpen();
  await all(windows, 'flush', 'flushed');
  const figures = await all(windows, 'refresh', 'figures');
  // Before any window closes its connections: a bill knows by them what arrived.
  const { endedUsd, abortedUsd } = servers.claude.bill;
  const closed = await all(windows, 'close', 'closed');
  await Promise.race([Promise.all(windows.map((window) => window.exited)), pause(EXIT_WITHIN_MS)]);
  const books = await readBooks(folder);
  const twice = ended.reduce((sum, { counts }) => sum + counts.outcomesTwice, 0);
  return {
    report: {
      requests: options.requests,
      outcomes: books.requests,
      lost: options.requests - books.requests,
      duplicated: twice + books.twice + sentAgain(servers),
      billedUsd: endedUsd,
      ledgerUsd: books.figures.endedUsd,
      abortedBilledUsd: abortedUsd,
      abortedLedgerUsd: books.figures.abortedUsd,
      unclosed,
      unhandled: closed.reduce((sum, { unhandled }) => sum + unhandled, 0),
      leaked: closed.reduce((sum, { left }) => sum + left.length, 0),
      heapGrowth: Math.max(...ended.map(({ heapGrowth }) => heapGrowth)),
    },
    windowsThatDiffer: figures.flatMap((shown) => differences(shown.figures, books)),
    privateTextSent: servers.watch.leaks,
    unmarked: servers.watch.unmarked,
    seconds,
    results: sums(ended.map(({ counts }) => counts.results)),
    faults: Object.fromEntries(servers.watch.faults),
    left: closed.flatMap(({ left }) => left),
    stillOpen,
    heapBytes: Math.max(...ended.map(({ heapBytes }) => heapBytes)),
  };
}

/** Tells all windows to go on, and waits until all have done so. */
async function all<T extends 'flushed' | 'figures' | 'closed'>(
  windows: readonly SoakWindow[],
  step: 'flush' | 'refresh' | 'close',
  answer: T,
): Promise<Extract<FromWindow, { type: T }>[]> {
  for (const window of windows) window.tell(step);
  return Promise.all(windows.map((window) => window.hear(answer)));
}

async function nothingOpen(servers: SoakServers): Promise<void> {
  const until = performance.now() + CLOSE_WITHIN_MS;
  while (servers.open() > 0 && performance.now() < until) {
    await pause(20);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What is open now was given up, since every request has ended; and what was given up long before it was closed. */
function countUnclosed({ watch, ...servers }: SoakServers, givenUp: ReadonlyMap<string, number>): number {
  const isLate = (id: string, call: SeenCall): boolean => {
    const at = givenUp.get(id);
    return at !== undefined && call.closedAt !== undefined && call.closedAt > at + CLOSE_WITHIN_MS;
  };
  let late = 0;
  for (const [id, calls] of watch.calls) late += calls.filter((call) => isLate(id, call)).length;
  return servers.open() + late;
}

/** Calls to Claude before the last of their request that the server has on its bill. */
function sentAgain({ watch, claude }: SoakServers): number {
  const billed = new Set(claude.bill.items.map(({ request }) => request));
  let again = 0;
  for (const calls of watch.calls.values()) {
    const earlier = calls.filter(({ server }) => server === 'claude').slice(0, -1);
    again += earlier.filter(({ number }) => billed.has(number)).length;
  }
  return again;
}

/** In words, where what a window shows is not what the books say. */
function differences(shown: Books['figures'], { figures }: Books): string[] {
  const names = Object.keys(figures) as (keyof Books['figures'])[];
  const wrong = names.filter((name) => shown[name] !== figures[name]);
  return wrong.length === 0
    ? []
    : [wrong.map((name) => `${name} ${shown[name]} instead of ${figures[name]}`).join(', ')];
}

function sums(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}
