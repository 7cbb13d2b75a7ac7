import { derived, state, type Store, type WritableStore } from 'callbag-recharge';
import type { Clock } from '../base/clock';
import type { Feedback, Outcome } from '../routing/outcome';
import type { LedgerEntry } from './entry';
import { exportEntries, type ExportFormat } from './export/export';
import { STARTING_HEALTH, type LedgerHealth } from './health';
import { LedgerStorage, type StorageLimits } from './ledger-storage';
import { entryOf, figuresOf } from './price-outcome';
import type { PriceCall } from './pricing';
import { calendar as calendarOf, monthOf, type Calendar } from './stats/calendar';
import type { Group } from './stats/cell';
import { Ranges } from './stats/ranges';
import type { Stats } from './stats/stats';
import { toUsd } from './money';
import { nodeLedgerFs, type LedgerFs } from './storage/ledger-fs';
import { newSession } from './storage/session';

export interface LedgerOptions {
  /** Absolute; shared by all windows of this user. */
  readonly folder: string;
  /** Tells windows apart for people who look into the folder; uniqueness is seen to here. */
  readonly windowId: string;
  readonly clock: Clock;
  readonly price: PriceCall;
  readonly fs?: LedgerFs;
  readonly calendar?: Calendar;
  /** False where the user does not want completions to count as savings; can be changed later. */
  readonly completionsCount?: boolean;
  readonly limits?: Partial<StorageLimits>;
}

/** What providers charged over all windows, in USD; future-dated entries (a clock that was set back) count as today's. */
export interface Spend {
  readonly todayUsd: number;
  readonly monthUsd: number;
}

/** The books: what became of each request, priced, kept across windows and restarts. */
export interface Ledger {
  /**
   * Prices an outcome and takes it in: the figures change at once, the disk follows. Request ids must be unique over
   * all windows and restarts; the same id again is taken for the same outcome. Never throws, never waits.
   */
  append(outcome: Outcome): LedgerEntry;
  /** What the user did with an answer. Counts for the newest few thousand entries; later verdicts change nothing. */
  amend(feedback: Feedback): void;
  readonly stats: Store<Stats>;
  /** The last 200 entries, newest first. */
  readonly recent: Store<readonly LedgerEntry[]>;
  readonly health: Store<LedgerHealth>;
  /** Goes up with every change of figures or entries. */
  readonly version: Store<number>;
  /** Resolves when what was on disk at the start is in the figures. Never rejects. */
  readonly loaded: Promise<void>;
  spend(): Spend;
  /** One of the newest few thousand entries. */
  find(requestId: string): LedgerEntry | undefined;
  setCompletionsCount(count: boolean): void;
  /** Reads what other windows have written; happens by itself within about a second. */
  refresh(): Promise<void>;
  /** True when everything appended so far is with the operating system; a kill of this process then loses nothing. */
  flush(): Promise<boolean>;
  /** All entries that still exist one by one, as pieces of one text. */
  export(format: ExportFormat): AsyncIterable<string>;
  /** Forgets everything, in all windows. False where another window was at work on the files. */
  reset(): Promise<boolean>;
  /** Writes what is left and stops all timers. Entries appended later are lost. */
  dispose(): Promise<void>;
}

const RECENT = 200;

export function createLedger(options: LedgerOptions): Ledger {
  const { clock, price } = options;
  const calendar = options.calendar ?? calendarOf();
  const fs = options.fs ?? nodeLedgerFs;
  const version = state(0, { name: 'ledger.version' });
  const health: WritableStore<LedgerHealth> = state<LedgerHealth>(STARTING_HEALTH, { name: 'ledger.health' });
  let completionsCount = options.completionsCount ?? true;

  const storage = new LedgerStorage({
    fs,
    folder: options.folder,
    session: newSession(options.windowId, process.pid),
    clock,
    calendar,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    onChange: () => changed(),
    onHealth: (next) => health.set(next),
  });
  const ranges = new Ranges(() => storage.view.days);
  const today = () => calendar.day(clock.now());

  function changed(): void {
    const { touched } = storage.view;
    if (storage.takeRebuilt() || [...touched].some((day) => day !== today())) ranges.forgetPast();
    touched.clear();
    version.update((n) => n + 1);
  }

  const stats = derived([version], () => ranges.stats(today(), completionsCount), { name: 'ledger.stats' });
  const recent = derived([version], () => storage.view.newest(RECENT, completionsCount), {
    name: 'ledger.recent',
  });

  return {
    append(outcome) {
      const figures = figuresOf(outcome, price);
      storage.add({ kind: 'entry', outcome, figures });
      return (
        storage.view.find(outcome.requestId, completionsCount) ??
        entryOf(outcome, figures, undefined, { completionsCount })
      );
    },
    amend: (feedback) => storage.add({ kind: 'verdict', feedback }),
    stats,
    recent,
    health,
    version,
    loaded: storage.loaded,
    spend: () => spendOf(storage, today()),
    find: (requestId) => storage.view.find(requestId, completionsCount),
    setCompletionsCount(count) {
      completionsCount = count;
      changed();
    },
    refresh: () => storage.refresh(),
    flush: () => storage.flush(),
    export: (format) => exportEntries(storage, format, { completionsCount }),
    reset: () => storage.reset(),
    dispose: () => storage.dispose(),
  };
}

function spendOf(storage: LedgerStorage, today: string): Spend {
  const spent = (groups: Record<string, Group>): number =>
    Object.values(groups).reduce((sum, group) => sum + group.spent, 0);
  let ofDay = 0;
  let ofMonth = 0;
  for (const [day, cell] of storage.view.days) {
    if (day < monthOf(today)) continue;
    const nano = spent(cell.groups);
    ofMonth += nano;
    if (day >= today) ofDay += nano;
  }
  return { todayUsd: toUsd(ofDay), monthUsd: toUsd(ofMonth) };
}
