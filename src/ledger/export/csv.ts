import type { Estimate } from '../../routing/decision';
import { standingAttempt } from '../../routing/outcome';
import type { LedgerEntry } from '../entry';
import { sumUsd } from '../money';
import { totalInputTokens } from '../pricing';
import { doubtOf } from '../stats/count-entry';

type Cell = string | number | boolean | undefined;

/**
 * One cell after RFC 4180. Text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line
 * end) gets an apostrophe in front (OWASP, "CSV Injection"); numbers of ours stay numbers, also negative ones.
 */
function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const csvRow = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const iso = (at: number): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
};

const sum = (
  entry: LedgerEntry,
  read: (usage: LedgerEntry['outcome']['attempts'][number]['usage']) => number,
) => entry.outcome.attempts.reduce((total, attempt) => total + read(attempt.usage), 0);

function resultOf({ outcome: { result } }: LedgerEntry): string {
  switch (result.kind) {
    case 'answered':
    case 'cancelled':
      return result.kind;
    case 'refused':
      return `refused: ${result.rule}`;
    case 'failed':
      return `failed: ${result.failure}`;
  }
}

/** What was expected of the first call before it was made. */
const estimateOf = ({ outcome: { decision } }: LedgerEntry): Estimate | undefined =>
  decision.kind === 'run' ? decision.estimate : undefined;

/** The check that doubted the local answer most, where the cloud was asked because of it. */
function escalatedBy({ outcome: { attempts } }: LedgerEntry): string | undefined {
  if (!attempts.some(({ role }) => role === 'escalation')) return undefined;
  const doubted = attempts.find(({ end, role }) => end.kind === 'doubted' && role !== 'sample');
  return doubted === undefined ? undefined : doubtOf(doubted);
}

/** Names and order of the columns. Amounts are in USD, times in ms; an empty amount is unknown, not zero. */
const COLUMNS: readonly (readonly [string, (entry: LedgerEntry) => Cell])[] = [
  ['time', ({ outcome }) => iso(outcome.at)],
  ['request_id', ({ outcome }) => outcome.requestId],
  ['task', ({ outcome }) => outcome.task],
  ['language', ({ outcome }) => outcome.languageId],
  ['result', resultOf],
  ['track', ({ outcome: { result } }) => (result.kind === 'answered' ? result.track : undefined)],
  [
    'models',
    ({ outcome }) =>
      outcome.attempts.map(({ role, model }) => `${role} ${model.provider}/${model.id}`).join('; '),
  ],
  ['verdict', (entry) => entry.verdict],
  ['spent_usd', (entry) => entry.spentUsd],
  ['spent_estimated', (entry) => entry.prices.some((price) => price.estimated)],
  ['baseline_usd', (entry) => entry.baselineUsd],
  ['baseline_estimated', (entry) => entry.baselineEstimated],
  ['saved_usd', (entry) => entry.savedUsd],
  ['saving_rule', (entry) => entry.savingRule],
  ['cache_saved_usd', ({ prices }) => sumUsd(prices.map(({ cacheSavedUsd }) => cacheSavedUsd))],
  ['estimate_usd', (entry) => estimateOf(entry)?.usd],
  ['estimate_output_tokens', (entry) => estimateOf(entry)?.outputTokens],
  ['estimate_ms', (entry) => estimateOf(entry)?.ms],
  ['score', ({ outcome }) => standingAttempt(outcome)?.confidence],
  ['escalated_by', escalatedBy],
  ['input_tokens', (entry) => sum(entry, totalInputTokens)],
  ['cache_read_tokens', (entry) => sum(entry, (usage) => usage.cacheReadTokens)],
  [
    'cache_write_tokens',
    (entry) => sum(entry, (usage) => usage.cacheWrite5mTokens + usage.cacheWrite1hTokens),
  ],
  ['output_tokens', (entry) => sum(entry, (usage) => usage.outputTokens)],
  ['thinking_tokens', (entry) => sum(entry, (usage) => usage.thinkingTokens)],
  ['duration_ms', ({ outcome }) => outcome.endedAt - outcome.at],
  [
    'first_token_ms',
    ({ outcome }) => (standingAttempt(outcome) ?? outcome.attempts.at(-1))?.timings.firstTokenMs,
  ],
  ['redactions', ({ outcome }) => Object.values(outcome.privacy.redactions).reduce((a, b) => a + b, 0)],
  ['blocked_files', ({ outcome }) => outcome.privacy.blocked.length],
  ['redo_of', ({ outcome }) => outcome.redoOf],
  ['reasons', ({ outcome }) => outcome.decision.reasons.map((reason) => reason.text).join('; ')],
];

export const csvHeader = (): string => csvRow(COLUMNS.map(([name]) => name));

export const csvLine = (entry: LedgerEntry): string => csvRow(COLUMNS.map(([, read]) => read(entry)));
