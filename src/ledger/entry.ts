import type { Outcome, Verdict } from '../routing/outcome';

/** An amount in USD, or undefined where a price is unknown. Unknown is never zero. */
export type Usd = number | undefined;

/** One attempt's price, kept beside it so that a later price change does not rewrite history. */
export interface PricedAttempt {
  readonly spentUsd: Usd;
  /** What prompt caching took off the price of this call against no caching; may be negative (a cache write). */
  readonly cacheSavedUsd: Usd;
  /** Tokens were estimated (aborted, cut off), so `spentUsd` is too. */
  readonly estimated: boolean;
}

/** Why `savedUsd` is what it is, shown to the user. */
export type SavingRule =
  | 'answered-local'
  | 'completion-accepted'
  | 'completion-not-accepted'
  | 'completions-switched-off'
  | 'instant'
  | 'stand-in'
  | 'rejected'
  | 'redone-on-cloud'
  | 'forced-local' // no key, offline, policy or cap: there was nothing to save
  | 'went-to-cloud'
  | 'no-answer'
  | 'price-unknown';

/** An outcome, priced: one line of the ledger. `prices[i]` belongs to `outcome.attempts[i]`. */
export interface LedgerEntry {
  readonly outcome: Outcome;
  readonly verdict?: Verdict;
  readonly prices: readonly PricedAttempt[];
  readonly spentUsd: Usd;
  readonly baselineUsd: Usd;
  /** True where the baseline's token counts are estimated from another model's. */
  readonly baselineEstimated: boolean;
  /** `baselineUsd - spentUsd` where the rule lets it count, else 0 or what was overspent. */
  readonly savedUsd: Usd;
  readonly savingRule: SavingRule;
}
