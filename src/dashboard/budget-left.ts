import { usdWords } from '../base/money-words';
import { usedUnderCaps, type BudgetState } from '../routing/budget';

/** What is left under one cap. */
export interface CapLeft {
  readonly span: 'today' | 'this month';
  readonly capUsd: number;
  /** Spent and reserved together, as a share of the cap, 0 to 1. */
  readonly usedShare: number;
  readonly words: string;
}

/** Each cap that is set, with what running requests hold counted as used. */
export function capsLeft(state: BudgetState): CapLeft[] {
  const left = (span: CapLeft['span'], cap: number | undefined, used: number): CapLeft[] => {
    if (cap === undefined) return [];
    return [
      {
        span,
        capUsd: cap,
        usedShare: cap <= 0 ? 1 : Math.min(1, used / cap),
        words: `${usdWords(Math.max(0, cap - used))} of ${usdWords(cap)} left ${span}`,
      },
    ];
  };
  const { day, month } = usedUnderCaps(state);
  return [...left('today', state.dayCap, day), ...left('this month', state.monthCap, month)];
}
