import { countWords, durationWords, usdWords } from '../base/money-words';
import type { NoticeView } from '../answer/protocol';
import type { TurnWords } from '../answer/reduce-turn';
import type { ModelRef } from '../models/model';
import { costUsd, priceOf, type PriceOverrides } from '../models/prices';
import type { Usage } from '../models/usage';
import type { Decision, Estimate, RunDecision } from '../routing/decision';
import {
  outcomeMessage,
  refusalMessage,
  STAND_IN_MESSAGE,
  type MessageContext,
  type UserMessage,
} from '../routing/messages';
import { tellingAttempt, type Attempt, type Outcome } from '../routing/outcome';
import { privacyWords } from './privacy-words';

/** Cost of a call at today's prices, in USD; undefined where the price is unknown. */
export const priceNow =
  (overrides: () => PriceOverrides, now: () => number) =>
  (model: ModelRef, usage: Usage): number | undefined => {
    const price = priceOf(model, now(), overrides());
    return price === undefined ? undefined : costUsd(usage, price);
  };

/** "about 3,200 tokens in and 500 out, $0.0042, 6 s"; an unknown price is said, an unknown time is left out. */
export function estimateWords({ inputTokens, outputTokens, usd, ms }: Estimate): string {
  const cost = usd === 0 ? 'free' : usdWords(usd);
  const time = ms === undefined ? '' : `, ${durationWords(ms)}`;
  return `about ${roundWords(inputTokens)} tokens in and ${roundWords(outputTokens)} out, ${cost}${time}`;
}

/** Two digits mean something in an estimate; more would promise too much. */
const roundWords = (tokens: number): string => countWords(Number(tokens.toPrecision(2)));

/** Where a request would go, and what it would cost: shown while the user decides. */
export function forecastWords(decision: Decision): string {
  if (decision.kind === 'refuse') return refusalMessage(decision.rule).message;
  const where = decision.model === undefined ? 'the workspace itself' : decision.model.id;
  const here = decision.track === 'local' ? ', on this machine' : '';
  const forced = decision.forced === undefined ? '' : ` because ${forcedWords(decision.forced)}`;
  return `${where}${here}${forced}: ${estimateWords(decision.estimate)}`;
}

/** Why a local model does what would else have gone to the cloud. */
export const forcedWords = (forced: NonNullable<RunDecision['forced']>): string => FORCED[forced];

const FORCED: Readonly<Record<NonNullable<RunDecision['forced']>, string>> = {
  'no-key': 'no Claude key is set',
  offline: 'Switchyard is offline',
  policy: 'the cloud is not allowed',
  cap: 'the budget is used up',
  'cloud-down': 'Claude cannot be reached',
};

/** What an outcome without an answer means for the user. */
export function noticeOf(outcome: Outcome): NoticeView | undefined {
  if (outcome.result.kind === 'cancelled') return undefined;
  const message = outcomeMessage(resultSeen(outcome), contextOf(outcome));
  return message && noticeView(message, outcome.result.kind === 'failed' ? 'warning' : 'info');
}

const noticeView = ({ message, next }: UserMessage, severity: NoticeView['severity']): NoticeView => ({
  severity,
  text: message,
  ...(next !== undefined && { action: { title: next.title, id: next.step } }),
});

/** What there is to say beside an answer; undefined where it speaks for itself. */
function noticeBeside({ result, attempts }: Outcome): NoticeView | undefined {
  const standsIn = attempts.some(({ model }) => model.standIn === true);
  return result.kind === 'answered' && result.track === 'local' && standsIn
    ? noticeView(STAND_IN_MESSAGE, 'info')
    : undefined;
}

/** A connection lost in mid-answer is no server out of reach, and on the cloud it may have been billed. */
function resultSeen(outcome: Outcome): Outcome['result'] {
  const { result } = outcome;
  const begun = tellingAttempt(outcome)?.timings.firstTokenMs !== undefined;
  return result.kind === 'failed' && result.failure === 'unreachable' && begun
    ? { ...result, failure: 'protocol' }
    : result;
}

function contextOf(outcome: Outcome): MessageContext {
  const attempt = tellingAttempt(outcome);
  const track =
    attempt?.track ??
    (outcome.decision.kind === 'run' && outcome.decision.track === 'cloud' ? 'cloud' : 'local');
  const retryAfterMs = outcome.result.kind === 'failed' ? outcome.result.retryAfterMs : undefined;
  return {
    track,
    ...(attempt !== undefined && { model: attempt.model.id, provider: attempt.model.provider }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

export function turnWords(price: (model: ModelRef, usage: Usage) => number | undefined): TurnWords {
  return {
    cost: (attempt: Attempt) => costWords(attempt, price(attempt.model, attempt.usage)),
    notice: ({ outcome }) => noticeOf(outcome) ?? noticeBeside(outcome),
    estimate: (event) => estimateWords(event.estimate),
    kept: (attempt) => privacyWords(attempt.privacy),
  };
}

function costWords({ track, usage }: Attempt, usd: number | undefined): string {
  if (track === 'local') return 'free';
  return usage.estimated && usd !== undefined ? `about ${usdWords(usd)}` : usdWords(usd);
}
