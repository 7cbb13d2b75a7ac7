import { redoVerdict, type Feedback, type Outcome, type Verdict } from '../routing/outcome';
import type { LedgerEntry } from './entry';
import { entryOf, type Figures } from './price-outcome';
import type { LedgerRecord } from './storage/line';
import { addCell, emptyCell, type Cell } from './stats/cell';
import type { Calendar, Day } from './stats/calendar';
import { countEntry } from './stats/count-entry';

/** What is known of the past: sums by day, and the newest entries one by one. */
export interface PastSums {
  readonly days: Readonly<Record<Day, Cell>>;
  /** Verdicts told for requests whose entry has not been seen yet. */
  readonly pending: readonly Feedback[];
}

interface OpenEntry {
  readonly outcome: Outcome;
  readonly figures: Figures;
  /** The day it counts for; kept, since the machine's time zone may change while a window is open. */
  readonly day: Day;
  /** The verdict that counts: the last one told, except that redoing an answer is final. */
  feedback: Feedback | undefined;
}

const FINAL: Verdict = 'redone';

/** True where `next` replaces `old`. The same in every window, whatever order the two are read in. */
export function outranks(next: Feedback, old: Feedback | undefined): boolean {
  if (old === undefined) return true;
  if ((next.verdict === FINAL) !== (old.verdict === FINAL)) return next.verdict === FINAL;
  if (next.at !== old.at) return next.at > old.at;
  return next.verdict > old.verdict;
}

/** Entries and sums in memory. Entries stay open to verdicts until they are rolled up. */
export class LedgerView {
  readonly days = new Map<Day, Cell>();
  /** Days that changed since whoever reads this last emptied it. */
  readonly touched = new Set<Day>();
  readonly #open = new Map<string, OpenEntry>();
  readonly #pending = new Map<string, Feedback>();

  constructor(
    private readonly calendar: Calendar,
    past?: PastSums,
  ) {
    if (past === undefined) return;
    for (const [day, cell] of Object.entries(past.days)) this.#addDay(day, cell);
    for (const feedback of past.pending) this.#pending.set(feedback.requestId, feedback);
  }

  get openCount(): number {
    return this.#open.size;
  }

  get pending(): readonly Feedback[] {
    return [...this.#pending.values()];
  }

  has(requestId: string): boolean {
    return this.#open.has(requestId);
  }

  feedbackOf(requestId: string): Feedback | undefined {
    return this.#open.get(requestId)?.feedback;
  }

  /** Takes in one record; false where it was known before (a write tried again, a line read twice). */
  apply(record: LedgerRecord): boolean {
    return record.kind === 'entry'
      ? this.#addEntry(record.outcome, record.figures)
      : this.#addVerdict(record.feedback);
  }

  /** The newest open entries by their end, newest first. */
  newest(count: number, completionsCount: boolean): LedgerEntry[] {
    return [...this.#open.values()]
      .sort((a, b) => b.outcome.endedAt - a.outcome.endedAt)
      .slice(0, count)
      .map((open) => this.#entry(open, completionsCount));
  }

  /** Takes the `count` oldest arrivals out of memory. They stay in the sums; no verdict reaches them any more. */
  close(count: number): void {
    for (const requestId of [...this.#open.keys()].slice(0, count)) this.#open.delete(requestId);
  }

  /** One open entry; undefined once it is rolled up. */
  find(requestId: string, completionsCount: boolean): LedgerEntry | undefined {
    const open = this.#open.get(requestId);
    return open === undefined ? undefined : this.#entry(open, completionsCount);
  }

  #entry(open: OpenEntry, completionsCount: boolean): LedgerEntry {
    return entryOf(open.outcome, open.figures, open.feedback?.verdict, { completionsCount });
  }

  #addDay(day: Day, cell: Cell): void {
    const sums = this.days.get(day) ?? emptyCell();
    addCell(sums, cell);
    this.days.set(day, sums);
  }

  #count(open: OpenEntry, sign: 1 | -1): void {
    const { day } = open;
    const cell = this.days.get(day) ?? emptyCell();
    this.days.set(day, cell);
    this.touched.add(day);
    countEntry(cell, this.#entry(open, true), sign);
  }

  #addEntry(outcome: Outcome, figures: Figures): boolean {
    if (this.#open.has(outcome.requestId)) return false;
    const day = this.calendar.day(outcome.at);
    const open: OpenEntry = { outcome, figures, day, feedback: this.#pending.get(outcome.requestId) };
    this.#pending.delete(outcome.requestId);
    this.#open.set(outcome.requestId, open);
    this.#count(open, 1);
    const earlier = redoVerdict(outcome);
    if (earlier !== undefined) this.#addVerdict(earlier);
    return true;
  }

  #addVerdict(feedback: Feedback): boolean {
    const open = this.#open.get(feedback.requestId);
    if (open === undefined) {
      if (!outranks(feedback, this.#pending.get(feedback.requestId))) return false;
      this.#pending.set(feedback.requestId, feedback);
      return true;
    }
    if (!outranks(feedback, open.feedback)) return false;
    this.#count(open, -1);
    open.feedback = feedback;
    this.#count(open, 1);
    return true;
  }
}
