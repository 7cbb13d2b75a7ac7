import { toNano, type NanoUsd } from '../money';
import { monthOf, type Calendar } from '../stats/calendar';
import type { ReservationEvent } from './reservation-line';

export interface Held {
  readonly id: string;
  readonly request: string;
  /** The session that made it, and its process. */
  readonly session: string;
  readonly pid: number;
  readonly at: number;
  /** The estimate, or once settled what the request cost. */
  readonly amount: NanoUsd;
  readonly settled: boolean;
}

/** Amounts that reservations of all windows hold against the caps, in nano-USD. */
export interface HeldSums {
  readonly day: NanoUsd;
  readonly month: NanoUsd;
  /** The part of the month's that belongs to requests still under way, and of that what was made today. */
  readonly underWay: NanoUsd;
  readonly underWayToday: NanoUsd;
  /** The part of the month's that belongs to requests of windows that ended without a word of what they cost. */
  readonly lost: NanoUsd;
}

/**
 * A request whose window is alive ends within this time, in ms; whatever is older is taken for spent. It is above the
 * longest deadline of any call.
 */
const UNDER_WAY_MS = 30 * 60_000;

/** An end is read at most moments before its beginning. */
const MAX_ENDED = 10_000;

/** All windows' reservations that the ledger does not stand for yet. */
export class ReservationBook {
  readonly #held = new Map<string, Held>();
  /** Of ends that were read before their beginnings: another window books what it did not reserve. */
  readonly #ended = new Set<string>();

  /** Goes up with every event taken in. */
  changes = 0;

  apply(event: ReservationEvent, session: { readonly session: string; readonly pid: number }): void {
    this.changes += 1;
    switch (event.t) {
      case 'reserve': {
        if (this.#ended.has(event.id)) return;
        const { id, request, at, usd } = event;
        this.#held.set(id, { id, request, ...session, at, amount: toNano(usd), settled: false });
        return;
      }
      case 'settle': {
        const held = this.#held.get(event.id);
        if (held === undefined) return;
        if (event.usd === 0) this.#end(event.id);
        else this.#held.set(event.id, { ...held, amount: toNano(event.usd), settled: true });
        return;
      }
      case 'withdraw':
      case 'booked':
        this.#end(event.id);
    }
  }

  get all(): Iterable<Held> {
    return this.#held.values();
  }

  get(id: string): Held | undefined {
    return this.#held.get(id);
  }

  /**
   * What is held beside the ledger. A request that has an entry there counts there alone. One whose window was killed
   * counts with its estimate for as long as the day and the month last that it was made in: it may well have been
   * sent and billed, and nobody is left to say.
   */
  sums(
    isInLedger: (request: string) => boolean,
    isRunning: (pid: number) => boolean,
    calendar: Calendar,
    now: number,
  ): HeldSums {
    const today = calendar.day(now);
    let day = 0;
    let month = 0;
    let underWay = 0;
    let underWayToday = 0;
    let lost = 0;
    for (const held of this.#held.values()) {
      const heldDay = calendar.day(held.at);
      if (heldDay < monthOf(today) || isInLedger(held.request)) continue;
      month += held.amount;
      const ofToday = heldDay >= today;
      if (ofToday) day += held.amount;
      if (held.settled) continue;
      if (Math.abs(now - held.at) < UNDER_WAY_MS && isRunning(held.pid)) {
        underWay += held.amount;
        if (ofToday) underWayToday += held.amount;
      } else lost += held.amount;
    }
    return { day, month, underWay, underWayToday, lost };
  }

  #end(id: string): void {
    // Behind its beginning an end has nothing left to stop: remembering all of them took a window a megabyte.
    if (this.#held.delete(id)) return;
    this.#ended.add(id);
    if (this.#ended.size <= MAX_ENDED) return;
    const [oldest] = this.#ended;
    if (oldest !== undefined) this.#ended.delete(oldest);
  }
}
