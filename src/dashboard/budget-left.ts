import { usdWords } from '../base/money-words';
import type { BudgetState } from '../routing/budget';

/** What is left under one cap. */
export interface CapLeft {
  readonly span: 'today' | 'this month';
  readonly capUsd: number;
  /** Spent and reserved together, as a share of the cap, 0 to 1. */
  readonly usedShare: number;
  readonly words: string;
}

/** Each cap that is set, with what running requests hold counted as used. */
export function capsLeft({ dayCap, monthCap, spentToday, spentThisMonth, reserved }: BudgetState): CapLeft[] {
  const left = (span: CapLeft['span'], cap: number | undefined, spent: number): CapLeft[] => {
    if (cap === undefined) return [];
    const used = spent + reserved;
    return [
      {
        span,
        capUsd: cap,
        usedShare: cap <= 0 ? 1 : Math.min(1, used / cap),
        words: `${usdWords(Math.max(0, cap - used))} of ${usdWords(cap)} left ${span}`,
      },
    ];
  };
  return [...left('today', dayCap, spentToday), ...left('this month', monthCap, spentThisMonth)];
}
