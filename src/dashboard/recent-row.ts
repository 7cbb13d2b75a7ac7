import { durationWords, usdWords } from '../base/money-words';
import type { LedgerEntry } from '../ledger/entry';
import type { AttemptRole } from '../routing/outcome';
import type { Lane } from '../ledger/stats/cell';
import { FAILURES, LANES, RULES, taskWords, VERDICTS, wordsFor } from './words';

/** One of the last requests, in words. Model names are foreign text. */
export interface RecentRow {
  readonly id: string;
  /** Changes when what there is to say about the request may have changed. */
  readonly revision: string;
  readonly icon: string;
  readonly task: string;
  readonly lane: Lane;
  readonly laneWords: string;
  /** Absent where no model was called. */
  readonly model?: string;
  /** What became of it, where that is not simply an answer: "escalated", "failed: out of memory". */
  readonly became?: string;
  readonly tone: 'normal' | 'moved' | 'bad';
  readonly took: string;
  readonly money: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export function recentRow(entry: LedgerEntry): RecentRow {
  const { outcome, verdict } = entry;
  const { result, attempts } = outcome;
  const lane: Lane = result.kind === 'answered' ? result.track : result.kind;
  const model = attempts.findLast(({ role }) => role !== 'sample')?.model.id;
  const task = taskWords(outcome.task);
  const became = becameWords(entry);
  return {
    id: outcome.requestId,
    revision: `${verdict ?? ''}/${String(entry.savedUsd)}`,
    icon: task.icon,
    task: task.one,
    lane,
    laneWords: wordsFor(LANES, lane),
    ...(model !== undefined && { model }),
    ...(became !== undefined && { became }),
    tone:
      result.kind === 'failed' || result.kind === 'refused'
        ? 'bad'
        : moved(entry) === undefined
          ? 'normal'
          : 'moved',
    took: durationWords(Math.max(0, outcome.endedAt - outcome.at)),
    money: moneyWords(entry),
    at: outcome.at,
  };
}

const MOVED: Readonly<Record<AttemptRole, string | undefined>> = {
  first: undefined,
  sample: undefined,
  escalation: 'escalated',
  fallback: 'fell back',
};

const moved = ({ outcome }: LedgerEntry): string | undefined =>
  outcome.attempts.map(({ role }) => MOVED[role]).find((word) => word !== undefined);

function becameWords(entry: LedgerEntry): string | undefined {
  const { result } = entry.outcome;
  const verdict = entry.verdict === undefined ? undefined : wordsFor(VERDICTS, entry.verdict);
  const parts = [moved(entry), result.kind === 'answered' ? verdict : undefined];
  if (result.kind === 'refused') parts.push(wordsFor(RULES, result.rule));
  if (result.kind === 'failed') parts.push(wordsFor(FAILURES, result.failure));
  const words = parts.filter((part) => part !== undefined);
  return words.length === 0 ? undefined : words.join(', ');
}

/** What it cost, or what it saved: whichever there is something to say about. */
function moneyWords({ spentUsd, savedUsd, outcome, prices }: LedgerEntry): string {
  if (spentUsd === undefined) return 'price unknown';
  if (spentUsd !== 0)
    return `${prices.some(({ estimated }) => estimated) ? 'about ' : ''}${usdWords(spentUsd)}`;
  if (savedUsd !== undefined && savedUsd > 0) return `saved ${usdWords(savedUsd)}`;
  return outcome.result.kind === 'answered' ? 'free' : '';
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DATE = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** The time of day; for another day its date. Both as the user's machine writes them. */
export function momentWords(at: number, now: number): string {
  const date = new Date(at);
  return date.toDateString() === new Date(now).toDateString() ? TIME.format(date) : DATE.format(date);
}
