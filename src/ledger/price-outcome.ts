import type { ModelRef } from '../models/model';
import { NO_USAGE, type Usage } from '../models/usage';
import type { Attempt, Outcome, Verdict } from '../routing/outcome';
import type { LedgerEntry, PricedAttempt, Usd } from './entry';
import { exactUsd, sumUsd } from './money';
import { hasTokens, totalInputTokens, type CallPrice, type PriceCall } from './pricing';
import { savingOf, type SavingSettings } from './saving-rule';

/** The figures of an outcome that no later verdict changes; fixed when it is written down. */
export interface Figures {
  readonly prices: readonly PricedAttempt[];
  readonly spentUsd: Usd;
  readonly baselineUsd: Usd;
  readonly baselineEstimated: boolean;
}

/** A price that is no number (a broken override, a count that is none) is unknown, and must not spoil every sum. */
const finitePrice = (priced: CallPrice | undefined): CallPrice | undefined =>
  priced !== undefined && Number.isFinite(priced.usd) && Number.isFinite(priced.usdWithoutCache)
    ? priced
    : undefined;

/** What providers charge for one call. A call that used no tokens costs nothing, whatever its model's price. */
function priceAttempt(attempt: Attempt, price: PriceCall): PricedAttempt {
  const { usage, model } = attempt;
  const free: PricedAttempt = { spentUsd: 0, cacheSavedUsd: 0, estimated: usage.estimated };
  const priced = finitePrice(price(model, attempt.startedAt, usage));
  if (priced === undefined) {
    // A user may put a price on a machine of their own; without one it is charged by nobody.
    if (model.place === 'local') return free;
    // Unknown is never zero, except where the provider said that there was nothing to bill.
    if (!hasTokens(usage) && !usage.estimated) return free;
    return { spentUsd: undefined, cacheSavedUsd: undefined, estimated: usage.estimated };
  }
  return {
    spentUsd: exactUsd(priced.usd),
    cacheSavedUsd: exactUsd(priced.usdWithoutCache - priced.usd),
    estimated: usage.estimated,
  };
}

/** The cloud model to compare with: the one the decision names, or the one that was chosen anyway. */
function baselineModel(outcome: Outcome): ModelRef | undefined {
  const { decision } = outcome;
  if (decision.kind !== 'run') return undefined;
  if (decision.baseline !== undefined) return decision.baseline;
  return decision.track === 'cloud' ? decision.model : undefined;
}

/**
 * The call whose tokens stand for the request: the one that answered, else the last that the cloud saw, else the
 * last of all. Samples and doubted local answers are extra work that a cloud alone would not have done.
 */
export function measuringAttempt(outcome: Outcome): Attempt | undefined {
  const used = outcome.attempts.filter((attempt) => attempt.role !== 'sample' && hasTokens(attempt.usage));
  return (
    used.findLast((attempt) => attempt.end.kind === 'answered') ??
    used.findLast((attempt) => attempt.model.place === 'cloud') ??
    used.at(-1)
  );
}

/** A cloud sees no prompt cache of a local engine: all its input is new there. */
const asNewInput = (usage: Usage): Usage => ({
  ...NO_USAGE,
  inputTokens: totalInputTokens(usage),
  outputTokens: usage.outputTokens,
  estimated: true,
});

/**
 * What the request would have cost on the cloud model it would have gone to with no local track. Cloud tokens are
 * taken as they were, prompt cache included (so caching is no saving of ours). Local tokens are taken one for one,
 * which is an estimate: Claude's tokenizers give more tokens for the same text, so it is on the low side.
 * Instant answers and refusals would have cost nothing on a cloud either: they would not have gone there.
 */
function baselineOf(outcome: Outcome, price: PriceCall): { usd: Usd; estimated: boolean } {
  if (outcome.result.kind === 'refused') return { usd: 0, estimated: false };
  if (outcome.result.kind === 'answered' && outcome.result.track === 'instant')
    return { usd: 0, estimated: false };
  const attempt = measuringAttempt(outcome);
  if (attempt === undefined) return { usd: 0, estimated: false };
  const model = baselineModel(outcome);
  if (model === undefined) return { usd: undefined, estimated: false };
  const onCloud = attempt.model.place === 'cloud';
  const usage = onCloud ? attempt.usage : asNewInput(attempt.usage);
  const sameModel = onCloud && attempt.model.provider === model.provider && attempt.model.id === model.id;
  const priced = finitePrice(price(model, attempt.startedAt, usage));
  return {
    usd: priced === undefined ? undefined : exactUsd(priced.usd),
    estimated: !sameModel || attempt.usage.estimated,
  };
}

/** Prices every attempt and the baseline of an outcome. Pure. */
export function figuresOf(outcome: Outcome, price: PriceCall): Figures {
  const prices = outcome.attempts.map((attempt) => priceAttempt(attempt, price));
  const baseline = baselineOf(outcome, price);
  return {
    prices,
    spentUsd: sumUsd(prices.map((priced) => priced.spentUsd)),
    baselineUsd: baseline.usd,
    baselineEstimated: baseline.estimated,
  };
}

/** Puts figures and verdict together; the saving follows from both, and is worked out anew when either changes. */
export function entryOf(
  outcome: Outcome,
  figures: Figures,
  verdict: Verdict | undefined,
  settings: SavingSettings,
): LedgerEntry {
  const { savedUsd, rule } = savingOf(outcome, verdict, figures, settings);
  return {
    outcome,
    ...(verdict === undefined ? {} : { verdict }),
    prices: figures.prices,
    spentUsd: figures.spentUsd,
    baselineUsd: figures.baselineUsd,
    baselineEstimated: figures.baselineEstimated,
    savedUsd,
    savingRule: rule,
  };
}

/** An outcome as a ledger entry. */
export const priceOutcome = (
  outcome: Outcome,
  price: PriceCall,
  options: { readonly verdict?: Verdict; readonly settings?: SavingSettings } = {},
): LedgerEntry =>
  entryOf(
    outcome,
    figuresOf(outcome, price),
    options.verdict,
    options.settings ?? { completionsCount: true },
  );
