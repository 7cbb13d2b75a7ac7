import { redoVerdict, type Feedback, type Outcome } from '../../routing/outcome';
import type { LedgerEntry } from '../entry';
import { outranks } from '../ledger-view';
import { entryOf, type Figures } from '../price-outcome';
import { dayStats } from '../stats/stats';
import type { Cell } from '../stats/cell';
import type { SavingSettings } from '../saving-rule';
import { ARCHIVE_FOLDER } from '../storage/compact';
import { inFolder, type LedgerFs } from '../storage/ledger-fs';
import type { LedgerRecord } from '../storage/line';
import { readRollup } from '../storage/rollup';
import { recordsFrom, sessionFiles } from '../storage/session-files';
import { csvHeader, csvLine } from './csv';

export type ExportFormat = 'csv' | 'json';

/** What the export reads: the folder, and what the disk has not taken yet. */
export interface ExportSource {
  readonly fs: LedgerFs;
  readonly folder: string;
  readonly view: {
    readonly days: ReadonlyMap<string, Cell>;
    newest(count: number, completionsCount: boolean): LedgerEntry[];
  };
  flush(): Promise<boolean>;
}

async function* recordsIn(fs: LedgerFs, folder: string, epochMarks: Readonly<Record<string, number>>) {
  for (const { name } of await sessionFiles(fs, folder)) {
    const size = (await fs.stat(inFolder(folder, name)))?.size ?? 0;
    for await (const { record } of recordsFrom(fs, folder, name, epochMarks[name] ?? 0, size)) {
      if (record !== undefined) yield record;
    }
  }
}

/** Every record that still exists one by one, archived ones first. */
async function* allRecords({ fs, folder }: ExportSource): AsyncGenerator<LedgerRecord> {
  yield* recordsIn(fs, inFolder(folder, ARCHIVE_FOLDER), {});
  const read = await readRollup(fs, folder);
  yield* recordsIn(fs, folder, read.kind === 'ok' ? read.rollup.forgotten : {});
}

/** The verdict that counts for each request. */
async function verdicts(source: ExportSource): Promise<Map<string, Feedback>> {
  const best = new Map<string, Feedback>();
  for await (const record of allRecords(source)) {
    const feedback = record.kind === 'verdict' ? record.feedback : redoVerdict(record.outcome);
    if (feedback !== undefined && outranks(feedback, best.get(feedback.requestId))) {
      best.set(feedback.requestId, feedback);
    }
  }
  return best;
}

async function* entries(source: ExportSource, settings: SavingSettings): AsyncGenerator<LedgerEntry> {
  await source.flush();
  const told = await verdicts(source);
  const seen = new Set<string>();
  const make = (outcome: Outcome, figures: Figures) =>
    entryOf(outcome, figures, told.get(outcome.requestId)?.verdict, settings);
  for await (const record of allRecords(source)) {
    if (record.kind !== 'entry' || seen.has(record.outcome.requestId)) continue;
    seen.add(record.outcome.requestId);
    yield make(record.outcome, record.figures);
  }
  // What the disk would not take is in memory alone.
  for (const entry of source.view.newest(Infinity, settings.completionsCount)) {
    if (!seen.has(entry.outcome.requestId)) yield entry;
  }
}

/**
 * The ledger as one text, in pieces, so that a million entries need no memory of that size. CSV has the entries that
 * still exist one by one; JSON has those and the totals of every day, also of entries rolled up long ago.
 */
export async function* exportEntries(
  source: ExportSource,
  format: ExportFormat,
  settings: SavingSettings,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield csvHeader();
    for await (const entry of entries(source, settings)) yield csvLine(entry);
    return;
  }
  yield '{"format":"switchyard-ledger","version":1,"entries":[';
  let separator = '\n';
  for await (const entry of entries(source, settings)) {
    yield separator + JSON.stringify(entry);
    separator = ',\n';
  }
  const days = [...source.view.days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, cell]) => dayStats(day, cell, settings.completionsCount));
  yield `\n],"days":${JSON.stringify(days)}}\n`;
}
