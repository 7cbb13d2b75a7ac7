import { derived, state, type Store } from 'callbag-recharge';
import type { Clock } from '../../base/clock';
import type { BudgetGate, BudgetState, Reservation, ReserveResult } from '../../routing/budget';
import { toNano, toUsd, type NanoUsd } from '../money';
import { calendar as calendarOf, type Calendar, type Day } from '../stats/calendar';
import { nodeLedgerFs, type LedgerFs } from '../storage/ledger-fs';
import { newId } from '../storage/rollup';
import { isRunning, newSession } from '../storage/session';
import { SessionWriter, type WriterState } from '../storage/session-writer';
import { effectiveCaps, type Caps } from './caps';
import { ReservationBook, type HeldSums } from './reservation-book';
import { ReservationFiles } from './reservation-files';
import { writeReservationLine, type ReservationEvent } from './reservation-line';

export type { Caps } from './caps';

/** What the budget needs of the ledger. */
export interface SpendSource {
  spend(): { readonly todayUsd: number; readonly monthUsd: number };
  find(requestId: string): unknown;
  refresh(): Promise<void>;
  /** True when every entry found is on disk. */
  flush(): Promise<boolean>;
  readonly version: Store<number>;
}

export interface BudgetOptions {
  /** Absolute; shared by all windows of this user, apart from the ledger's. */
  readonly folder: string;
  readonly windowId: string;
  readonly clock: Clock;
  readonly ledger: SpendSource;
  readonly caps: Store<Caps>;
  readonly fs?: LedgerFs;
  readonly calendar?: Calendar;
  /** Picks the pause before a second try, 0 to 1. */
  readonly random?: () => number;
}

export interface Budget extends BudgetGate {
  /** For status bar and dashboard. */
  readonly store: Store<BudgetState>;
  /** Whether other windows can see this window's reservations. While they cannot, the caps hold in each window alone. */
  readonly writing: Store<WriterState>;
  /** Reads what other windows reserved; happens by itself before each reservation and every few seconds. */
  refresh(): Promise<void>;
  dispose(): Promise<void>;
}

/** Another window's reservation that is younger than this may be withdrawn again in a moment, in ms. */
const RACE_MS = 2_000;
const RACE_TRIES = 4;
const RACE_PAUSE_MS = 25;
const POLL_MS = 5_000;
const MAX_HELD_LINES = 1_000;

/** With no cap there is nothing to hold against; what was spent is in the ledger, should a cap be set later. */
const NOTHING_TO_HOLD: Reservation = { settle: () => Promise.resolve() };

/**
 * One budget for all windows, without a lock that a killed window could leave behind: a window first writes its
 * reservation down where the others can read it, then reads everybody's and the ledger, and withdraws its own where
 * the sum is over a cap. Of two windows that race, the one that reads last sees both; so the cap is never passed by
 * more than what estimates were wrong by. Both may withdraw when only one had to: so each tries again after a short
 * random pause before it says no.
 */
export function createBudget(options: BudgetOptions): Budget {
  return new SharedBudget(options);
}

class SharedBudget implements Budget {
  readonly store: Store<BudgetState>;
  readonly writing = state<WriterState>({ kind: 'writing' }, { name: 'budget.writing' });
  readonly #calendar: Calendar;
  readonly #session;
  readonly #book = new ReservationBook();
  readonly #version = state(0, { name: 'budget.version' });
  readonly #writer: SessionWriter;
  readonly #files: ReservationFiles;
  readonly #ready: Promise<void>;
  /** Reservations of this window go one after the other, so that they do not race each other. */
  #turn: Promise<unknown> = Promise.resolve();
  #reading: Promise<void> = Promise.resolve();
  #cancelPoll: () => void = () => undefined;
  #disposed = false;

  constructor(private readonly options: BudgetOptions) {
    const { folder, clock, windowId, ledger, caps, fs = nodeLedgerFs } = options;
    this.#calendar = options.calendar ?? calendarOf();
    this.#session = { session: newSession(windowId, process.pid).id, pid: process.pid };
    this.#writer = new SessionWriter({
      fs,
      folder,
      session: { id: this.#session.session },
      clock,
      calendar: this.#calendar,
      maxHeld: MAX_HELD_LINES,
      onState: (next) => this.writing.set(next),
    });
    this.#files = new ReservationFiles(fs, folder, this.#session.session);
    this.store = derived([ledger.version, this.#version, caps], () => this.state(), { name: 'budget' });
    this.#ready = this.#files.tidy(this.#today()).then(() => this.refresh());
    this.#poll();
  }

  state(): BudgetState {
    const { dayUsd, monthUsd, warnAt } = effectiveCaps(this.options.caps.get());
    const held = this.#held();
    const spend = this.options.ledger.spend();
    // What is under way is told apart; everything else that is held is as good as spent.
    const today = toNano(spend.todayUsd) + held.day;
    const month = toNano(spend.monthUsd) + held.month;
    const shares = [
      ...(dayUsd === undefined ? [] : [today / toNano(dayUsd)]),
      ...(monthUsd === undefined ? [] : [month / toNano(monthUsd)]),
    ];
    // A cap of nothing is reached from the start.
    const most = Math.max(...shares.map((share) => (Number.isNaN(share) ? 1 : share)));
    return {
      spentToday: toUsd(today - held.underWayToday),
      spentThisMonth: toUsd(month - held.underWay),
      reserved: toUsd(held.underWay),
      ...(held.underWayToday === held.underWay ? {} : { reservedToday: toUsd(held.underWayToday) }),
      ...(held.lost === 0 ? {} : { lost: toUsd(held.lost) }),
      ...(dayUsd === undefined ? {} : { dayCap: dayUsd }),
      ...(monthUsd === undefined ? {} : { monthCap: monthUsd }),
      level: shares.length === 0 ? 'none' : most >= 1 ? 'capped' : most >= warnAt ? 'warning' : 'ok',
    };
  }

  async reserve(
    requestId: string,
    estimateUsd: number,
    { allowOverCap = false }: { readonly allowOverCap?: boolean } = {},
  ): Promise<ReserveResult> {
    const turn = this.#turn.then(() => this.#reserve(requestId, estimateUsd, allowOverCap));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async refresh(): Promise<void> {
    await this.#inTurn(async () => {
      await this.#read();
      await this.#letEntriesCount();
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#cancelPoll();
    await this.#turn;
    await this.#ready;
    await this.#reading;
    await this.#writer.close();
  }

  async #reserve(requestId: string, estimateUsd: number, allowOverCap: boolean): Promise<ReserveResult> {
    const { clock, random = Math.random } = this.options;
    const { dayUsd, monthUsd } = effectiveCaps(this.options.caps.get());
    if (dayUsd === undefined && monthUsd === undefined)
      return { kind: 'reserved', reservation: NOTHING_TO_HOLD };
    await this.#ready;
    // An estimate that is no amount holds nothing; a cap that is reached stops it all the same.
    const usd = Number.isFinite(estimateUsd) && estimateUsd > 0 ? estimateUsd : 0;
    for (let tries = 1; ; tries++) {
      const id = newId();
      this.#say({ t: 'reserve', id, request: requestId, usd, at: clock.now() });
      await this.#writer.flush();
      await this.#readAll();
      const over = allowOverCap ? undefined : this.#overCap(id);
      if (over === undefined && !this.#disposed)
        return { kind: 'reserved', reservation: this.#reservation(id) };
      this.#say({ t: 'withdraw', id });
      await this.#writer.flush();
      // Other windows would not see it, nor ever read that it was given back.
      if (over === undefined || this.#disposed) throw new Error('The budget is closed.');
      if (tries >= RACE_TRIES || !this.#hasRivals()) return over;
      await new Promise<void>((resolve) => clock.after(RACE_PAUSE_MS * tries * (0.5 + random()), resolve));
    }
  }

  /** One after the other: two readers of the same tail would take its lines twice. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#reading = this.#reading.then(work);
    return this.#reading;
  }

  /**
   * Brings in what other windows have reserved and spent. Both folders are read at once, so a reservation may be seen to
   * end after its entry was looked for in vain: where the book has changed, the ledger is read once more.
   */
  async #readAll(): Promise<void> {
    const { ledger } = this.options;
    const before = this.#book.changes;
    await Promise.all([this.#inTurn(() => this.#read()), ledger.refresh()]);
    if (this.#book.changes !== before) await ledger.refresh();
  }

  #overCap(id: string): Extract<ReserveResult, { kind: 'over-cap' }> | undefined {
    const { dayUsd, monthUsd } = effectiveCaps(this.options.caps.get());
    const held = this.#held();
    const own = this.#book.get(id)?.amount ?? 0;
    const spend = this.options.ledger.spend();
    const check = (cap: 'day' | 'month', capUsd: number | undefined, used: NanoUsd) => {
      if (capUsd === undefined) return undefined;
      const left = toNano(capUsd) - (used - own);
      return left <= 0 || own > left
        ? { kind: 'over-cap' as const, cap, leftUsd: toUsd(Math.max(0, left)) }
        : undefined;
    };
    return (
      check('day', dayUsd, toNano(spend.todayUsd) + held.day) ??
      check('month', monthUsd, toNano(spend.monthUsd) + held.month)
    );
  }

  #held(): HeldSums {
    const { ledger, clock } = this.options;
    return this.#book.sums((id) => ledger.find(id) !== undefined, isRunning, this.#calendar, clock.now());
  }

  #hasRivals(): boolean {
    const now = this.options.clock.now();
    for (const held of this.#book.all) {
      const isYoung = !held.settled && Math.abs(now - held.at) < RACE_MS && isRunning(held.pid);
      if (isYoung && held.session !== this.#session.session) return true;
    }
    return false;
  }

  #reservation(id: string): Reservation {
    let settled = false;
    return {
      settle: async (spentUsd) => {
        if (settled) return;
        settled = true;
        const usd = Number.isFinite(spentUsd) && spentUsd > 0 ? spentUsd : 0;
        this.#say({ t: 'settle', id, usd });
        await this.#writer.flush();
        // Here and not with the next reservation, which a request waits for.
        await this.#inTurn(() => this.#letEntriesCount());
      },
    };
  }

  /** Writes an event down and takes it in. */
  #say(event: ReservationEvent): void {
    this.#book.apply(event, this.#session);
    this.#writer.push(writeReservationLine(event));
    this.#version.update((n) => n + 1);
  }

  /**
   * Says of reservations whose ledger entry is on disk that the entry counts now. Entries are only found by name while
   * they are new, so this must be written down before they are rolled up; for a dead window somebody else does it.
   */
  async #letEntriesCount(): Promise<void> {
    const done = [...this.#book.all].filter(
      (held) =>
        (held.session === this.#session.session || !isRunning(held.pid)) &&
        this.options.ledger.find(held.request) !== undefined,
    );
    // The other way round, a kill between the two would lose the amount altogether.
    if (done.length === 0 || !(await this.options.ledger.flush())) return;
    for (const { id } of done) this.#say({ t: 'booked', id });
  }

  /** Never rejects: where the folder cannot be read, this window's own reservations still count. */
  async #read(): Promise<void> {
    const before = this.#book.changes;
    await this.#files.readInto(this.#book, this.#today());
    if (this.#book.changes !== before) this.#version.update((n) => n + 1);
  }

  #today(): Day {
    return this.#calendar.day(this.options.clock.now());
  }

  #poll(): void {
    this.#cancelPoll = this.options.clock.after(POLL_MS, () => {
      void this.refresh().then(() => {
        if (!this.#disposed) this.#poll();
      });
    });
  }
}
