/** What is left of the user's caps. All amounts in USD; absent where no cap is set. */
export interface BudgetState {
  readonly spentToday: number;
  readonly spentThisMonth: number;
  /** Reserved by requests under way, in all windows. */
  readonly reserved: number;
  /** The part of it that counts for today, where that is less: over midnight. */
  readonly reservedToday?: number;
  /**
   * The part of what was spent this month that is the estimate of requests whose window ended before it could say what
   * they cost: the ledger knows nothing of it. Absent where there is none.
   */
  readonly lost?: number;
  readonly dayCap?: number;
  readonly monthCap?: number;
  readonly level: 'none' | 'ok' | 'warning' | 'capped';
}

/** What counts against each cap, in USD: spent and under way together. */
export const usedUnderCaps = (state: BudgetState): { readonly day: number; readonly month: number } => ({
  day: state.spentToday + (state.reservedToday ?? state.reserved),
  month: state.spentThisMonth + state.reserved,
});

/** Whether a call of this price (USD; undefined: unknown) is over a cap, so that the user would be asked about it. */
export function isOverCap(state: BudgetState, usd: number | undefined): boolean {
  const { level, dayCap = Infinity, monthCap = Infinity } = state;
  const used = usedUnderCaps(state);
  const left = Math.min(dayCap - used.day, monthCap - used.month);
  return level === 'capped' || (usd ?? 0) > left;
}

/** Holds a request's estimate against the caps until its price is known. */
export interface Reservation {
  /** Replaces the estimate by what the request cost (0 where nothing was billed); once. */
  settle(spentUsd: number): Promise<void>;
}

export type ReserveResult =
  | { readonly kind: 'reserved'; readonly reservation: Reservation }
  | { readonly kind: 'over-cap'; readonly cap: 'day' | 'month'; readonly leftUsd: number };

/** One budget for all windows of this user; survives restarts. */
export interface BudgetGate {
  /** The latest known state, without touching the disk. */
  state(): BudgetState;
  /** Rejects where the books cannot be read or written, and once the budget is closed. */
  reserve(
    requestId: string,
    estimateUsd: number,
    /** The user was asked and allowed this one request over the cap: it is reserved whatever the cap says. */
    options?: { readonly allowOverCap?: boolean },
  ): Promise<ReserveResult>;
}
