import { durationWords, usdWords } from '../base/money-words';
import type { Decision, Reason } from './decision';
import type { Attempt, AttemptRole, Belief, Outcome } from './outcome';
import type { PrivacyReport } from '../privacy/report';

export interface WhySection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/**
 * "Why did this go there?", answered in words. Holds no code and no prompt text. `attemptsUsd`: what each attempt cost,
 * in the outcome's order; undefined where a price is unknown.
 */
export function explainOutcome(
  outcome: Outcome,
  attemptsUsd: readonly (number | undefined)[] = [],
): WhySection[] {
  return [
    { heading: 'Decision', lines: decisionLines(outcome.decision) },
    { heading: 'What happened', lines: happened(outcome, attemptsUsd) },
    { heading: 'Checks', lines: outcome.attempts.flatMap(checkLines) },
    { heading: 'Privacy', lines: privacyLines(outcome.privacy) },
  ].filter((section) => section.lines.length > 0);
}

function decisionLines(decision: Decision): string[] {
  const chosen =
    decision.kind === 'run'
      ? `${TRACK_WORDS[decision.track]}${decision.model === undefined ? '' : `: ${decision.model.id}`}`
      : `refused (${decision.rule})`;
  return [
    chosen,
    ...decision.reasons.map((reason: Reason) => reason.text),
    ...otherwiseLine(decision),
    ...estimateLine(decision),
  ];
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

function happened(outcome: Outcome, attemptsUsd: readonly (number | undefined)[]): string[] {
  const attempts = outcome.attempts.map((attempt, index) => attemptLine(attempt, attemptsUsd[index]));
  return [...attempts, `${resultWords(outcome)}, after ${durationWords(outcome.endedAt - outcome.at)}`];
}

function attemptLine(attempt: Attempt, usd: number | undefined): string {
  const { role, model, timings, usage } = attempt;
  const input =
    usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const about = usage.estimated ? 'about ' : '';
  const first =
    timings.firstTokenMs === undefined ? '' : `, first token after ${durationWords(timings.firstTokenMs)}`;
  const price = attempt.track === 'local' ? 'free' : usdWords(usd);
  const tokens = `${about}${input} tokens in, ${usage.outputTokens} out`;
  return `${ROLE_WORDS[role]}: ${model.id} ${endWords(attempt)} (${tokens}${first}, ${durationWords(timings.totalMs)}, ${price})`;
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
  // What a second sample showed is among the evidence about the answer it judged.
  if (attempt.role === 'sample') return [];
  const seen = attempt.evidence.map(
    ({ check, saw, score }) => `${check}: ${saw}${score === undefined ? '' : ` (score ${score.toFixed(2)})`}`,
  );
  if (attempt.confidence === undefined) return seen;
  return [...seen, `together: ${beliefWords(attempt.confidence, attempt.belief)}`];
}

/** A figure that was never held against outcomes is called a score: it orders answers and promises nothing. */
function beliefWords(confidence: number, belief: Belief | undefined): string {
  if (belief?.shown === 'probability') {
    const share = `about ${Math.round(belief.probability * 100)} % of answers like this`;
    return belief.by === 'own'
      ? `of those you judged, you kept ${share}`
      : `${share} were right where it was measured`;
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

function estimateLine(decision: Decision): string[] {
  if (decision.kind !== 'run') return [];
  const { estimate, track } = decision;
  const time = estimate.ms === undefined ? '' : `, ${durationWords(estimate.ms)}`;
  const price = track === 'cloud' ? usdWords(estimate.usd) : 'free';
  return [`estimated ${estimate.inputTokens} tokens in, ${estimate.outputTokens} out, ${price}${time}`];
}
