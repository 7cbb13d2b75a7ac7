import * as z from 'zod';
import type { Verdict } from '../outcome';
import type { Task } from '../request';
import { GOODNESS } from '../goodness';
import { TASK_WORDS } from '../task-words';

/**
 * How the confidence of local answers went together with what the user did with them, per task: what a probability
 * may be told from once there is enough of it. Plain JSON, bounded, holds counts alone.
 */
export interface OwnRecord {
  readonly version: 1;
  readonly tasks: Readonly<Partial<Record<Task, readonly Bin[]>>>;
}

interface Bin {
  readonly seen: number;
  readonly good: number;
}

export const NO_RECORD: OwnRecord = { version: 1, tasks: {} };

const BINS = 5;

/** Answers of a task, and of the bin asked about, from which a probability is told. */
const ENOUGH = { task: 40, bin: 8 } as const;

/** A whole bin counts at most as this many answers, so that new habits show. */
const MOST_PER_BIN = 100;

const StoredBins = z
  .array(z.object({ seen: z.number().nonnegative(), good: z.number().nonnegative() }))
  .length(BINS)
  .refine((bins) => bins.every(({ seen, good }) => good <= seen));
const Stored = z.object({ version: z.literal(1), tasks: z.record(z.string(), z.unknown()) });
const TASKS: readonly Task[] = ['complete', 'explain', 'refactor', 'ask'];

/** What was written earlier, by whatever version, as far as it holds: a task whose counts make no sense is dropped. */
export function readOwnRecord(written: unknown): OwnRecord {
  const stored = Stored.safeParse(written);
  if (!stored.success) return NO_RECORD;
  const tasks: Partial<Record<Task, readonly Bin[]>> = {};
  for (const task of TASKS) {
    const bins = StoredBins.safeParse(stored.data.tasks[task]);
    if (bins.success) tasks[task] = bins.data;
  }
  return { version: 1, tasks };
}

const binOf = (confidence: number): number => Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS)));

/** The record after one more verdict on a local answer of this confidence. */
export function recordVerdict(
  record: OwnRecord,
  task: Task,
  confidence: number,
  verdict: Verdict,
): OwnRecord {
  const bins = record.tasks[task] ?? Array.from({ length: BINS }, (): Bin => ({ seen: 0, good: 0 }));
  const at = binOf(confidence);
  const changed = bins.map((bin, i) => {
    if (i !== at) return bin;
    const keep = bin.seen >= MOST_PER_BIN ? (MOST_PER_BIN - 1) / bin.seen : 1;
    return { seen: bin.seen * keep + 1, good: bin.good * keep + GOODNESS[verdict] };
  });
  return { version: 1, tasks: { ...record.tasks, [task]: changed } };
}

/** The record after the user thought better of an answer that is in it: it counts once, by the last verdict. */
export function correctVerdict(
  record: OwnRecord,
  task: Task,
  confidence: number,
  verdict: Verdict,
  before: Verdict,
): OwnRecord {
  const bins = record.tasks[task];
  // Forgotten since: there is nothing to correct.
  if (bins === undefined) return record;
  const at = binOf(confidence);
  const changed = bins.map(({ seen, good }, i) =>
    i === at
      ? { seen, good: Math.max(0, Math.min(seen, good + GOODNESS[verdict] - GOODNESS[before])) }
      : { seen, good },
  );
  return { version: 1, tasks: { ...record.tasks, [task]: changed } };
}

export interface OwnChance {
  readonly probability: number;
  readonly answers: number;
}

/** The share of good answers at this confidence; undefined until enough were judged. */
export function ownChance(record: OwnRecord, task: Task, confidence: number): OwnChance | undefined {
  const bins = record.tasks[task];
  const bin = bins?.[binOf(confidence)];
  if (bins === undefined || bin === undefined || bin.seen < ENOUGH.bin) return undefined;
  const answers = bins.reduce((sum, one) => sum + one.seen, 0);
  if (answers < ENOUGH.task) return undefined;
  const overall = bins.reduce((sum, one) => sum + one.good, 0) / answers;
  // Four answers' worth of the task's mean keep a small bin from jumping.
  return { probability: (bin.good + 4 * overall) / (bin.seen + 4), answers: Math.round(answers) };
}

/** The record for the user to read: a line for each task and range of scores that was judged. */
export function inspectRecord(record: OwnRecord): string[] {
  return TASKS.flatMap((task) =>
    (record.tasks[task] ?? []).flatMap(({ seen, good }, at) => {
      if (seen < 0.5) return [];
      const range = `${(at / BINS).toFixed(1)} to ${((at + 1) / BINS).toFixed(1)}`;
      const kept = Math.round((100 * good) / seen);
      return [`${TASK_WORDS[task]} with a score of ${range}: ${kept} % kept of ${Math.round(seen)}`];
    }),
  );
}
