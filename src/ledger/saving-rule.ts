import type { Outcome, Verdict } from '../routing/outcome';
import type { SavingRule, Usd } from './entry';
import { minusUsd } from './money';

/** The user's choices about what counts as saved. */
export interface SavingSettings {
  /** False where the user does not want completions to count as savings. */
  readonly completionsCount: boolean;
}

/** What was saved, and the rule that says why. */
export interface Saving {
  readonly savedUsd: Usd;
  readonly rule: SavingRule;
}

const USED: ReadonlySet<Verdict> = new Set<Verdict>(['accepted', 'partly-accepted', 'edited']);

/** Whether the user took the answer, whole, in part, or as a start. */
export const wasUsed = (verdict: Verdict | undefined): boolean => verdict !== undefined && USED.has(verdict);

/** Under these rules the whole of `baseline - spent` counts; under the others only overspending does. */
const COUNTS: ReadonlySet<SavingRule> = new Set<SavingRule>([
  'answered-local',
  'completion-accepted',
  'went-to-cloud',
]);

function ruleOf(outcome: Outcome, verdict: Verdict | undefined, settings: SavingSettings): SavingRule {
  const { result, task, decision } = outcome;
  if (result.kind !== 'answered') return 'no-answer';
  if (result.track === 'instant') return 'instant';
  if (result.track === 'local' && outcome.attempts.some(({ model }) => model.standIn)) return 'stand-in';
  if (verdict === 'redone') return 'redone-on-cloud';
  if (verdict === 'rejected') return task === 'complete' ? 'completion-not-accepted' : 'rejected';
  if (result.track === 'local' && decision.kind === 'run' && decision.forced !== undefined)
    return 'forced-local';
  if (task === 'complete') {
    if (!settings.completionsCount) return 'completions-switched-off';
    return wasUsed(verdict) ? 'completion-accepted' : 'completion-not-accepted';
  }
  return result.track === 'cloud' ? 'went-to-cloud' : 'answered-local';
}

/**
 * Saved = baseline − spent, where the rule lets it count. Where it does not, nothing is saved, but what was spent
 * over the baseline still is a loss. An amount that rests on an unknown price is unknown.
 */
export function savingOf(
  outcome: Outcome,
  verdict: Verdict | undefined,
  amounts: { readonly spentUsd: Usd; readonly baselineUsd: Usd },
  settings: SavingSettings,
): Saving {
  const rule = ruleOf(outcome, verdict, settings);
  const difference = minusUsd(amounts.baselineUsd, amounts.spentUsd);
  if (COUNTS.has(rule)) {
    return difference === undefined
      ? { savedUsd: undefined, rule: 'price-unknown' }
      : { savedUsd: difference, rule };
  }
  // Nothing spent cannot be overspent, whatever the baseline.
  if (amounts.spentUsd === 0) return { savedUsd: 0, rule };
  return { savedUsd: difference === undefined ? undefined : Math.min(0, difference), rule };
}
