import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock';
import { billOf, createLedger, type Ledger } from '../../../src/ledger';
import type { WindowFigures } from './messages';

/** The ledger as a window sees it that is opened when all others are closed. */
export interface Books {
  /** Different requests with an entry. */
  readonly requests: number;
  /** Entries, or counts, more than one for a request. */
  readonly twice: number;
  readonly figures: WindowFigures;
}

export async function readBooks(folder: string): Promise<Books> {
  const ledger = createLedger({
    folder: join(folder, 'ledger'),
    windowId: 'afterwards',
    clock: systemClock,
    price: () => undefined,
  });
  await ledger.loaded;
  await ledger.refresh();
  const { entries, requests } = await countEntries(ledger);
  const { all } = ledger.stats.get();
  await ledger.dispose();
  return {
    requests,
    twice: entries - requests + Math.abs(all.requests - requests),
    figures: { ...billOf(all), requests: all.requests, savedUsd: all.saved.usd },
  };
}

/** From the lines themselves, not from the sums. */
async function countEntries(ledger: Ledger): Promise<{ entries: number; requests: number }> {
  const ids = new Set<string>();
  let entries = 0;
  let rest = '';
  const take = (line: string): void => {
    const id = /"requestId":"(w\d+-\d+)"/.exec(line)?.[1];
    if (id === undefined) return;
    entries += 1;
    ids.add(id);
  };
  for await (const piece of ledger.export('json')) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  take(rest);
  return { entries, requests: ids.size };
}
