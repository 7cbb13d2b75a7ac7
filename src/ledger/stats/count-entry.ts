import { strongestDoubt } from '../../routing/checks/check';
import { standingAttempt, type Attempt } from '../../routing/outcome';
import type { LedgerEntry } from '../entry';
import { toNano } from '../money';
import { totalInputTokens } from '../pricing';
import { savingOf, wasUsed } from '../saving-rule';
import {
  at,
  callKey,
  emptyGroup,
  groupKey,
  type Cell,
  type CallSums,
  type EstimateSums,
  type Group,
  type Lane,
  type TokenSums,
} from './cell';
import { addCount, record } from './histogram';

const laneOf = ({ outcome: { result } }: LedgerEntry): Lane =>
  result.kind === 'answered' ? result.track : result.kind;

function countMoney(group: Group, entry: LedgerEntry, sign: 1 | -1): void {
  const { outcome, verdict, prices } = entry;
  group.requests += sign;
  for (const priced of prices) {
    if (priced.spentUsd !== undefined) {
      group.spent += sign * toNano(priced.spentUsd);
      if (priced.estimated) group.spentEstimated += sign * toNano(priced.spentUsd);
    }
    if (priced.cacheSavedUsd !== undefined) group.cacheSaved += sign * toNano(priced.cacheSavedUsd);
  }
  if (prices.some((priced) => priced.spentUsd === undefined)) group.spentUnknown += sign;
  if (prices.some((priced) => priced.cacheSavedUsd === undefined)) group.cacheSavedUnknown += sign;
  if (entry.baselineUsd === undefined) group.baselineUnknown += sign;
  else {
    group.baseline += sign * toNano(entry.baselineUsd);
    if (entry.baselineEstimated) group.baselineEstimated += sign * toNano(entry.baselineUsd);
  }
  // Both ways of counting completions are kept, so that the switch also works on what was rolled up long ago.
  const on = savingOf(outcome, verdict, entry, { completionsCount: true }).savedUsd;
  const off = savingOf(outcome, verdict, entry, { completionsCount: false }).savedUsd;
  if (on === undefined) group.savedUnknown += sign;
  else group.saved += sign * toNano(on);
  if (off !== undefined) group.savedCompletionsOff += sign * toNano(off);
}

const emptyTokens = (): TokenSums => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  thinking: 0,
  estimated: 0,
});

function countTokens(cell: Cell, { usage, model }: Attempt, sign: 1 | -1): void {
  const sums = at(cell.tokens, model.place, emptyTokens);
  sums.input += sign * usage.inputTokens;
  sums.cacheRead += sign * usage.cacheReadTokens;
  sums.cacheWrite += sign * (usage.cacheWrite5mTokens + usage.cacheWrite1hTokens);
  sums.output += sign * usage.outputTokens;
  sums.thinking += sign * usage.thinkingTokens;
  if (usage.estimated) sums.estimated += sign * (totalInputTokens(usage) + usage.outputTokens);
}

/** The check that believed least in the answer. */
export const doubtOf = ({ evidence }: Attempt): string => strongestDoubt(evidence)?.check ?? 'unsaid';

function countRescues(cell: Cell, attempts: readonly Attempt[], sign: 1 | -1): void {
  attempts.forEach((attempt, i) => {
    const before = attempts.slice(0, i).filter((earlier) => earlier.role !== 'sample');
    if (attempt.role === 'escalation') {
      const doubted = before.findLast((earlier) => earlier.end.kind === 'doubted');
      addCount(cell.escalations, doubted === undefined ? 'unsaid' : doubtOf(doubted), sign);
    }
    if (attempt.role === 'fallback') {
      const failed = before.findLast((earlier) => earlier.end.kind === 'failed');
      addCount(cell.fallbacks, failed?.end.kind === 'failed' ? failed.end.failure : 'unsaid', sign);
    }
  });
}

function countTimes(cell: Cell, entry: LedgerEntry, sign: 1 | -1): void {
  const { result, at: start, endedAt } = entry.outcome;
  if (result.kind !== 'answered' || result.track === 'instant') return;
  record(
    at(cell.latency, result.track, () => ({})),
    endedAt - start,
    sign,
  );
  const firstTokenMs = standingAttempt(entry.outcome)?.timings.firstTokenMs;
  if (firstTokenMs !== undefined)
    record(
      at(cell.firstToken, result.track, () => ({})),
      firstTokenMs,
      sign,
    );
}

function countPrivacy(cell: Cell, entry: LedgerEntry, sign: 1 | -1): void {
  const { privacy, result } = entry.outcome;
  for (const [kind, count] of Object.entries(privacy.redactions))
    addCount(cell.redactions, kind, sign * count);
  for (const { rule } of privacy.blocked) addCount(cell.blocked, rule, sign);
  if (result.kind === 'refused') addCount(cell.refusals, result.rule, sign);
}

const emptyEstimates = (): EstimateSums => ({
  n: 0,
  inputEstimated: 0,
  inputActual: 0,
  outputEstimated: 0,
  outputActual: 0,
  usdN: 0,
  usdEstimated: 0,
  usdActual: 0,
  msN: 0,
  msEstimated: 0,
  msActual: 0,
});

/** Only whole calls of the model that was estimated tell whether the estimate was right. */
function countEstimate(cell: Cell, entry: LedgerEntry, sign: 1 | -1): void {
  const { decision, attempts, task } = entry.outcome;
  if (decision.kind !== 'run') return;
  const { model, estimate } = decision;
  if (model === undefined) return;
  const index = attempts.findIndex((attempt) => attempt.role === 'first');
  const first = attempts[index];
  if (first === undefined || first.usage.estimated) return;
  if (first.model.id !== model.id || first.model.provider !== model.provider) return;
  if (first.end.kind !== 'answered' && first.end.kind !== 'doubted') return;
  const sums = at(cell.estimates, callKey(task, model), emptyEstimates);
  sums.n += sign;
  sums.inputEstimated += sign * Math.round(estimate.inputTokens);
  sums.inputActual += sign * totalInputTokens(first.usage);
  sums.outputEstimated += sign * Math.round(estimate.outputTokens);
  sums.outputActual += sign * first.usage.outputTokens;
  const spentUsd = entry.prices[index]?.spentUsd;
  if (estimate.usd !== undefined && spentUsd !== undefined) {
    sums.usdN += sign;
    sums.usdEstimated += sign * toNano(estimate.usd);
    sums.usdActual += sign * toNano(spentUsd);
  }
  if (estimate.ms !== undefined) {
    sums.msN += sign;
    sums.msEstimated += sign * Math.round(estimate.ms);
    sums.msActual += sign * Math.round(first.timings.totalMs);
  }
}

/** Whole calls whose tokens were counted: of the first model as of one that took over. */
function countCalls(cell: Cell, { outcome }: LedgerEntry, sign: 1 | -1): void {
  const { decision, attempts, task } = outcome;
  if (decision.kind !== 'run') return;
  const { usualOutputTokens, outputTokens } = decision.estimate;
  for (const { role, model, usage, timings, end } of attempts) {
    // A second sample is cut short on purpose.
    if (role === 'sample' || usage.estimated) continue;
    if (end.kind !== 'answered' && end.kind !== 'doubted') continue;
    const sums = at(cell.calls, callKey(task, model), emptyCalls);
    sums.n += sign;
    sums.ms += sign * Math.round(timings.totalMs);
    sums.output += sign * usage.outputTokens;
    sums.usual += sign * Math.round(usualOutputTokens ?? outputTokens);
  }
}

const emptyCalls = (): CallSums => ({ n: 0, ms: 0, output: 0, usual: 0 });

/** Predicted confidence beside what the user made of the answer; answers with no verdict say nothing. */
function countCalibration(cell: Cell, entry: LedgerEntry, sign: 1 | -1): void {
  const { verdict, outcome } = entry;
  if (verdict === undefined) return;
  const confidence = standingAttempt(outcome)?.confidence;
  if (confidence === undefined || !(confidence >= 0 && confidence <= 1)) return;
  const key = `${outcome.task}/${Math.min(9, Math.floor(confidence * 10))}`;
  const bin = at(cell.calibration, key, () => ({ n: 0, confidence: 0, accepted: 0 }));
  bin.n += sign;
  bin.confidence += sign * Math.round(confidence * 1e6);
  if (wasUsed(verdict)) bin.accepted += sign;
}

/** Counts an entry into a cell, or with `sign` -1 takes exactly what it had added out again. */
export function countEntry(cell: Cell, entry: LedgerEntry, sign: 1 | -1): void {
  const { outcome, verdict } = entry;
  countMoney(at(cell.groups, groupKey(laneOf(entry), outcome.task), emptyGroup), entry, sign);
  for (const attempt of outcome.attempts) countTokens(cell, attempt, sign);
  countRescues(cell, outcome.attempts, sign);
  countTimes(cell, entry, sign);
  countPrivacy(cell, entry, sign);
  countEstimate(cell, entry, sign);
  countCalls(cell, entry, sign);
  countCalibration(cell, entry, sign);
  if (outcome.result.kind === 'answered') {
    addCount(cell.verdicts, `${outcome.result.track}/${outcome.task}/${verdict ?? 'none'}`, sign);
  }
}
