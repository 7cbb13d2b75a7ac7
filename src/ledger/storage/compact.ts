import { redoVerdict, type Feedback } from '../../routing/outcome';
import { LedgerView, outranks } from '../ledger-view';
import { addCell, emptyCell, type Cell } from '../stats/cell';
import { daysBefore, monthOf, type Calendar } from '../stats/calendar';
import { inFolder, type LedgerFs } from './ledger-fs';
import { newId, readRollup, writeRollup, type Rollup } from './rollup';
import { isRunning, type SessionFileName } from './session';
import type { LedgerRecord } from './line';
import { recordsFrom, repairTornEnd, sessionFiles, type PlacedLine } from './session-files';

export interface CompactOptions {
  readonly fs: LedgerFs;
  readonly folder: string;
  readonly calendar: Calendar;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** So many of the newest entries stay as they are, open to verdicts. */
  readonly keepOpen: number;
  /** Lines taken in at once. */
  readonly linesAPass?: number;
  /** Files whose lines are all in the sums are deleted after so long, in ms; until then they can be exported. */
  readonly retentionMs: number;
}

export const ARCHIVE_FOLDER = 'archive';

/** Lines taken in at once, where the options do not say; bounds the memory of catching up with files that nobody rolled up for long. */
const LINES_A_PASS = 20_000;
/** Days older than this are summed up by month. No view asks for single days that old. */
const DAYS_KEPT = 62;
const PENDING_MS = 2 * 24 * 3_600_000;
const MAX_PENDING = 2_000;
const MAX_NEWER = 10_000;

interface FileTail {
  readonly file: SessionFileName;
  readonly lines: readonly PlacedLine[];
  /** For each line a time that never goes down within the file, whatever the clock did. */
  readonly times: readonly number[];
}

/** `more` where lines were left for another pass. */
export type Compacted = { readonly kind: 'done'; readonly more: boolean } | { readonly kind: 'newer-rollup' };

/**
 * Adds the oldest lines of all session files to the daily sums. To be run under the folder's lock. The order makes a
 * kill at any moment harmless: the rollup is replaced whole, and files are only moved away when the rollup that was
 * on disk before already covers all of them.
 */
export async function compact(options: CompactOptions): Promise<Compacted> {
  const { fs, folder } = options;
  const read = await readRollup(fs, folder);
  if (read.kind === 'newer') return { kind: 'newer-rollup' };
  const old = read.rollup;
  const files = await sessionFiles(fs, folder);
  const kept = await archiveCovered(options, old, files);
  let repaired = 0;
  for (const file of kept) if (await repairTornEnd(fs, folder, file)) repaired += 1;
  const pass = await readPass(options, old, kept);
  const next = fold(options, old, kept, pass);
  const same = JSON.stringify(next.covered) === JSON.stringify(old.covered);
  if (same && repaired === 0 && kept.length === files.length) return { kind: 'done', more: false };
  await writeRollup(fs, folder, { ...next, repaired: old.repaired + repaired });
  await deleteExpired(options);
  return { kind: 'done', more: pass.more };
}

/** Moves files away of which nothing is left to read or write; gives back the others. */
async function archiveCovered(
  { fs, folder }: CompactOptions,
  rollup: Rollup,
  files: readonly SessionFileName[],
): Promise<SessionFileName[]> {
  const kept: SessionFileName[] = [];
  for (const file of files) {
    const path = inFolder(folder, file.name);
    const size = (await fs.stat(path))?.size;
    if (size === undefined) continue;
    if (isRunning(file.pid) || size > (rollup.covered[file.name] ?? 0)) {
      kept.push(file);
      continue;
    }
    const archive = inFolder(folder, ARCHIVE_FOLDER);
    await fs.makeFolder(archive);
    await fs.rename(path, inFolder(archive, file.name));
  }
  return kept;
}

/** What one pass takes in. */
interface Pass {
  readonly tails: readonly FileTail[];
  /** Verdicts on its entries that stand behind its end. */
  readonly ahead: readonly Feedback[];
  readonly more: boolean;
}

async function readPass(
  options: CompactOptions,
  rollup: Rollup,
  files: readonly SessionFileName[],
): Promise<Pass> {
  const { fs, folder, now, linesAPass = LINES_A_PASS } = options;
  const tails: FileTail[] = [];
  let left = linesAPass;
  let next = 0;
  for (; next < files.length && left > 0; next += 1) {
    const file = files[next];
    const stat = file && (await fs.stat(inFolder(folder, file.name)));
    if (file === undefined || stat === undefined) continue;
    const lines: PlacedLine[] = [];
    for await (const line of recordsFrom(fs, folder, file.name, rollup.covered[file.name] ?? 0, stat.size)) {
      lines.push(line);
      left -= 1;
      if (left <= 0) break;
    }
    tails.push({ file, lines, times: steadyTimes(lines, now - Math.max(0, stat.ageMs)) });
  }
  const ahead = left > 0 ? [] : await verdictsAhead(options, tails, files.slice(next));
  return { tails, ahead, more: left <= 0 };
}

/** Verdicts in the rest of the file that the pass ended in, and in the next file of each of its sessions. */
async function verdictsAhead(
  { fs, folder }: CompactOptions,
  tails: readonly FileTail[],
  unread: readonly SessionFileName[],
): Promise<Feedback[]> {
  const sessions = new Set(tails.map(({ file }) => file.session));
  const nextFiles = [...sessions].flatMap((id) => unread.find(({ session }) => session === id) ?? []);
  const last = tails.at(-1);
  const places = [
    ...(last === undefined ? [] : [{ file: last.file, from: last.lines.at(-1)?.end ?? 0 }]),
    ...nextFiles.map((file) => ({ file, from: 0 })),
  ];
  const found: Feedback[] = [];
  for (const { file, from } of places) {
    const size = (await fs.stat(inFolder(folder, file.name)))?.size ?? 0;
    for await (const { record } of recordsFrom(fs, folder, file.name, from, size)) {
      if (record !== undefined) found.push(...verdictIn(record));
    }
  }
  return found;
}

/** A verdict that a record gives on an earlier request. */
function verdictIn(record: LedgerRecord): Feedback[] {
  const verdict = record.kind === 'verdict' ? record.feedback : redoVerdict(record.outcome);
  return verdict === undefined ? [] : [verdict];
}

/**
 * When each line was written, as far as can be told: no later than the lines after it, and none later than the file
 * itself. A clock that was ahead for a while so cannot keep lines "new" for ever.
 */
function steadyTimes(lines: readonly PlacedLine[], fileTime: number): number[] {
  const times = new Array<number>(lines.length);
  let latest = fileTime;
  for (let i = lines.length - 1; i >= 0; i--) {
    const record = lines[i]?.record;
    if (record?.kind === 'entry') latest = Math.min(latest, record.outcome.endedAt);
    times[i] = latest;
  }
  return times;
}

/**
 * For each file the first line that stays open: those of the newest entries, and what comes after them. Lines of the
 * same time count in the order of the files, so that there always is a border.
 */
function firstOpenLines(tails: readonly FileTail[], keepOpen: number): number[] {
  const entries = tails.flatMap(({ lines, times }, file) =>
    lines.flatMap(({ record }, line) =>
      record?.kind === 'entry' ? [{ time: times[line] ?? 0, file, line }] : [],
    ),
  );
  if (entries.length <= keepOpen) return tails.map(() => 0);
  entries.sort((a, b) => b.time - a.time || b.file - a.file || b.line - a.line);
  const first = tails.map(({ lines }) => lines.length);
  for (const { file, line } of entries.slice(0, keepOpen)) first[file] = Math.min(first[file] ?? line, line);
  return first;
}

function fold(
  options: CompactOptions,
  old: Rollup,
  files: readonly SessionFileName[],
  { tails, ahead }: Pass,
): Rollup {
  const firstOpen = firstOpenLines(tails, options.keepOpen);
  const everything = new LedgerView(options.calendar, { days: {}, pending: old.pending });
  for (const { lines } of tails) for (const { record } of lines) if (record) everything.apply(record);
  for (const feedback of ahead) {
    if (everything.has(feedback.requestId)) everything.apply({ kind: 'verdict', feedback });
  }

  const sums = new LedgerView(options.calendar, { days: old.days, pending: [] });
  // Files that this pass did not reach keep their mark.
  const covered: Record<string, number> = {};
  for (const { name } of files) if (old.covered[name] !== undefined) covered[name] = old.covered[name];
  const told: Feedback[] = [...old.pending];
  const newer = [...old.newer];
  let { entries, damaged } = old;
  for (const [index, { file, lines }] of tails.entries()) {
    let end = old.covered[file.name] ?? 0;
    for (const line of lines.slice(0, firstOpen[index])) {
      end = line.end;
      const { record } = line;
      if (record === undefined) {
        if (line.newer === undefined) damaged += 1;
        else if (newer.length < MAX_NEWER) newer.push(line.newer);
        continue;
      }
      told.push(...verdictIn(record));
      if (record.kind === 'entry') {
        const feedback = everything.feedbackOf(record.outcome.requestId);
        if (feedback !== undefined) sums.apply({ kind: 'verdict', feedback });
        if (sums.apply(record)) entries += 1;
      }
    }
    if (end > 0) covered[file.name] = end;
  }
  return {
    ...old,
    id: newId(),
    days: byMonthWhenOld(sums.days, options),
    covered,
    forgotten: Object.fromEntries(
      Object.entries(old.forgotten).filter(([name]) => covered[name] !== undefined),
    ),
    pending: stillPending(told, sums, everything, options.now),
    newer,
    entries,
    damaged,
  };
}

/**
 * Verdicts on entries that are still open; and on entries that have not been seen, for a while and up to a number:
 * most of these came too late for an entry that is rolled up.
 */
function stillPending(
  told: readonly Feedback[],
  sums: LedgerView,
  seen: LedgerView,
  now: number,
): Feedback[] {
  const best = new Map<string, Feedback>();
  for (const feedback of told) {
    if (sums.has(feedback.requestId)) continue;
    if (outranks(feedback, best.get(feedback.requestId))) best.set(feedback.requestId, feedback);
  }
  const [open, unseen] = partition([...best.values()], ({ requestId }) => seen.has(requestId));
  const recent = unseen.filter(({ at }) => Math.abs(now - at) <= PENDING_MS);
  return [...open, ...recent.slice(-MAX_PENDING)];
}

function partition<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}

function byMonthWhenOld(
  days: ReadonlyMap<string, Cell>,
  { calendar, now }: CompactOptions,
): Record<string, Cell> {
  const oldest = daysBefore(calendar.day(now), DAYS_KEPT);
  const summed: Record<string, Cell> = {};
  for (const [day, cell] of days) {
    const key = day < oldest ? monthOf(day) : day;
    const into = summed[key] ?? emptyCell();
    addCell(into, cell);
    summed[key] = into;
  }
  return summed;
}

async function deleteExpired({ fs, folder, retentionMs }: CompactOptions): Promise<void> {
  const archive = inFolder(folder, ARCHIVE_FOLDER);
  for (const { name } of await sessionFiles(fs, archive)) {
    const path = inFolder(archive, name);
    if (((await fs.stat(path))?.ageMs ?? 0) > retentionMs) await fs.remove(path);
  }
}
