import { countWords, usdWords } from '../base/money-words';
import type { Attempt } from '../routing/outcome';
import type { LedgerEntry, PricedAttempt, SavingRule } from './entry';
import { measuringAttempt } from './price-outcome';
import { totalInputTokens } from './pricing';

/** How the figures of one request came about, in sentences for the user. */
export interface FiguresInWords {
  readonly spent: readonly string[];
  readonly baseline: string;
  readonly saved: string;
}

function tokensInWords({ usage }: Attempt): string {
  const parts = [`${countWords(usage.inputTokens)} tokens in`];
  if (usage.cacheReadTokens > 0)
    parts.push(`${countWords(usage.cacheReadTokens)} read from the prompt cache`);
  const written = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  if (written > 0) parts.push(`${countWords(written)} written to the prompt cache`);
  parts.push(`${countWords(usage.outputTokens)} out`);
  return parts.join(', ') + (usage.estimated ? ' (estimated: the call ended early)' : '');
}

function attemptInWords(attempt: Attempt, price: PricedAttempt | undefined): string {
  const name = `${attempt.model.id} (${attempt.role})`;
  if (attempt.model.place === 'local')
    return `${name}: ${tokensInWords(attempt)}, on your own machine: ${usdWords(0)}.`;
  const cost = `${name}: ${tokensInWords(attempt)}: ${usdWords(price?.spentUsd)}`;
  if (price?.spentUsd === undefined) return `${cost}, because there is none for this model.`;
  const cache = price.cacheSavedUsd ?? 0;
  if (cache > 0) return `${cost}; the prompt cache took ${usdWords(cache)} off.`;
  if (cache < 0) return `${cost}; ${usdWords(-cache)} of it for writing the prompt cache.`;
  return `${cost}.`;
}

function baselineInWords(entry: LedgerEntry): string {
  const { outcome, baselineUsd } = entry;
  const { decision, result } = outcome;
  if (result.kind === 'refused') return 'Nothing was sent, so there is nothing to compare with.';
  if (result.kind === 'answered' && result.track === 'instant') {
    return 'No model would have been asked either way, so it would have cost nothing.';
  }
  const model = decision.kind === 'run' ? (decision.baseline ?? decision.model) : undefined;
  if (model === undefined || model.place === 'local') return 'There is no cloud model to compare with.';
  if (baselineUsd === undefined)
    return `Without a local model it would have gone to ${model.id}, whose price is unknown.`;
  const text = `Without a local model it would have gone to ${model.id}, for ${usdWords(baselineUsd)}`;
  const measured = measuringAttempt(outcome);
  if (!entry.baselineEstimated || measured === undefined) return `${text}.`;
  const counts = `${countWords(totalInputTokens(measured.usage))} tokens in and ${countWords(measured.usage.outputTokens)} out`;
  return `${text}: an estimate from the ${counts} that ${measured.model.id} counted.`;
}

const RULES: Record<SavingRule, string> = {
  'answered-local': 'a local model answered',
  'completion-accepted': 'the completion was accepted',
  'completion-not-accepted': 'a completion saves only when it is accepted',
  'completions-switched-off': 'completions are set not to count as savings',
  instant: 'an instant answer saves nothing',
  'stand-in': 'a stand-in answered, whose answers replace nobody’s',
  rejected: 'the answer was rejected',
  'redone-on-cloud': 'the answer was asked for again from the cloud',
  'forced-local': 'local was all that was left, so there was nothing to save',
  'went-to-cloud': 'the cloud answered',
  'no-answer': 'there was no answer',
  'price-unknown': 'a price is unknown',
};

function savedInWords({ savedUsd, spentUsd, baselineUsd, savingRule }: LedgerEntry): string {
  const because = RULES[savingRule];
  if (savedUsd === undefined) return `Saved: unknown, because a price is unknown.`;
  if (savedUsd === 0 && baselineUsd !== spentUsd) return `Saved: ${usdWords(0)}, because ${because}.`;
  const sum = `${usdWords(baselineUsd)} − ${usdWords(spentUsd)} = ${usdWords(savedUsd)}`;
  return savedUsd < 0 ? `Overspent: ${sum}; ${because}.` : `Saved: ${sum}; ${because}.`;
}

/** Explains spent, baseline and saved of one entry. */
export function explainFigures(entry: LedgerEntry): FiguresInWords {
  const { attempts } = entry.outcome;
  return {
    spent:
      attempts.length === 0
        ? [`No model was called: ${usdWords(0)}.`]
        : attempts.map((attempt, i) => attemptInWords(attempt, entry.prices[i])),
    baseline: baselineInWords(entry),
    saved: savedInWords(entry),
  };
}
