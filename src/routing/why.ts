import type { Decision, Reason, RunDecision } from './decision';
import type { Attempt, AttemptRole, Belief, Outcome } from './outcome';
import type { PrivacyReport } from '../privacy/report';

/** Amounts in USD, as the ledger knows them; absent where unknown. */
export interface WhyCosts {
  readonly spentUsd?: number;
  readonly baselineUsd?: number;
  readonly savedUsd?: number;
  /** Why the saving is what it is, in words. */
  readonly savingRule?: string;
  /** One per attempt, in the outcome's order. */
  readonly attempts?: readonly (number | undefined)[];
}

export interface WhySection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** "Why did this go there?", answered in words. Holds no code and no prompt text. */
export function explainOutcome(outcome: Outcome, costs: WhyCosts = {}): WhySection[] {
  return [
    { heading: 'Decision', lines: decisionLines(outcome.decision) },
    { heading: 'What happened', lines: happened(outcome, costs) },
    { heading: 'Checks', lines: outcome.attempts.flatMap(checkLines) },
    { heading: 'Privacy', lines: privacyLines(outcome.privacy) },
    { heading: 'Cost', lines: costLines(outcome, costs) },
  ].filter((section) => section.lines.length > 0);
}

/** The same as plain lines, for a document. */
export const whyLines = (outcome: Outcome, costs: WhyCosts = {}): string[] =>
  explainOutcome(outcome, costs).flatMap(({ heading, lines }) => [
    heading,
    ...lines.map((line) => `  ${line}`),
  ]);

function decisionLines(decision: Decision): string[] {
  const chosen =
    decision.kind === 'run'
      ? `${TRACK_WORDS[decision.track]}${decision.model === undefined ? '' : `: ${decision.model.id}`}`
      : `refused (${decision.rule})`;
  return [chosen, ...decision.reasons.map((reason: Reason) => reason.text), ...otherwiseLine(decision)];
}

const TRACK_WORDS = {
  instant: 'instant, no model',
  local: 'on this machine',
  cloud: 'in the cloud',
} as const;

function otherwiseLine(decision: Decision): string[] {
  if (decision.kind !== 'run' || decision.otherwise === undefined) return [];
  const { track, model, because } = decision.otherwise;
  const where = `${TRACK_WORDS[track]}${model === undefined ? '' : ` (${model.id})`}`;
  return [`otherwise it would have run ${where}; ${because}`];
}

const ROLE_WORDS: Readonly<Record<AttemptRole, string>> = {
  first: 'first',
  fallback: 'fallback',
  escalation: 'escalation',
  sample: 'second sample',
};

function happened(outcome: Outcome, costs: WhyCosts): string[] {
  const attempts = outcome.attempts.map((attempt, index) => attemptLine(attempt, costs.attempts?.[index]));
  return [...attempts, `${resultWords(outcome)}, after ${ms(outcome.endedAt - outcome.at)}`];
}

function attemptLine(attempt: Attempt, usd: number | undefined): string {
  const { role, model, timings, usage } = attempt;
  const input =
    usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const about = usage.estimated ? 'about ' : '';
  const first = timings.firstTokenMs === undefined ? '' : `, first token after ${ms(timings.firstTokenMs)}`;
  const price = attempt.track === 'local' ? 'free' : dollars(usd);
  const tokens = `${about}${input} tokens in, ${usage.outputTokens} out`;
  return `${ROLE_WORDS[role]}: ${model.id} ${endWords(attempt)} (${tokens}${first}, ${ms(timings.totalMs)}, ${price})`;
}

function endWords({ end }: Attempt): string {
  switch (end.kind) {
    case 'answered':
      return end.finish === 'length' ? 'answered, cut off at the limit' : 'answered';
    case 'doubted':
      return 'answered, but doubtfully';
    case 'failed':
      return `failed: ${end.failure}`;
    case 'cancelled':
      return 'was stopped';
  }
}

function resultWords({ result }: Outcome): string {
  switch (result.kind) {
    case 'answered':
      return `answered ${TRACK_WORDS[result.track]}`;
    case 'cancelled':
      return 'cancelled';
    case 'refused':
      return `refused (${result.rule})`;
    case 'failed':
      return `failed (${result.failure})`;
  }
}

function checkLines(attempt: Attempt): string[] {
  const seen = attempt.evidence.map(({ check, saw }) => `${check}: ${saw}`);
  if (attempt.confidence === undefined || attempt.role === 'sample') return seen;
  return [...seen, `together: ${beliefWords(attempt.confidence, attempt.belief)}`];
}

/** A figure that was never held against outcomes is called a score: it orders answers and promises nothing. */
function beliefWords(confidence: number, belief: Belief | undefined): string {
  if (belief?.shown === 'probability') {
    const share = `about ${Math.round(belief.probability * 100)} % of answers like this`;
    return belief.by === 'own' ? `you kept ${share}` : `${share} were right where it was measured`;
  }
  const [most] = belief?.words ?? [];
  return `score ${confidence.toFixed(2)}${most === undefined ? '' : `; most telling: ${most}`}`;
}

function privacyLines({ redactions, blocked }: PrivacyReport): string[] {
  return [
    ...Object.entries(redactions).map(([kind, count]) => `${count} × ${kind} replaced by a placeholder`),
    ...blocked.map(({ path, rule }) => `left out: ${path} (${rule})`),
  ];
}

function costLines(outcome: Outcome, costs: WhyCosts): string[] {
  const { decision } = outcome;
  const estimated = decision.kind === 'run' ? [estimateLine(decision)] : [];
  if (costs.spentUsd === undefined && costs.baselineUsd === undefined && costs.savedUsd === undefined) {
    return estimated;
  }
  const baseline = decision.kind === 'run' ? decision.baseline : undefined;
  const against = baseline === undefined ? '' : ` (on ${baseline.id}, with no local track)`;
  const rule = costs.savingRule === undefined ? '' : `: ${costs.savingRule}`;
  return [
    ...estimated,
    `spent ${dollars(costs.spentUsd)}`,
    `baseline ${dollars(costs.baselineUsd)}${against}`,
    `saved ${dollars(costs.savedUsd)}${rule}`,
  ];
}

function estimateLine({ estimate, track }: RunDecision): string {
  const time = estimate.ms === undefined ? '' : `, ${ms(estimate.ms)}`;
  const price = track === 'cloud' ? dollars(estimate.usd) : 'free';
  return `estimated ${estimate.inputTokens} tokens in, ${estimate.outputTokens} out, ${price}${time}`;
}

/** Small amounts keep two digits that mean something; an unknown one is never shown as nothing. */
function dollars(usd: number | undefined): string {
  if (usd === undefined) return 'unknown price';
  const sign = usd < 0 ? '-' : '';
  const amount = Math.abs(usd);
  if (amount === 0 || amount >= 1) return `${sign}$${amount.toFixed(2)}`;
  const digits = Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(amount))));
  return `${sign}$${amount.toFixed(digits)}`;
}

const ms = (value: number): string =>
  value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
