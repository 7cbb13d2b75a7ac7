import { sentence } from '../base/sentence';
import type { Attempt, AttemptEnd } from '../routing/outcome';
import type { TicketEvent } from '../routing/yard';
import type { BlockView, NoticeView, TurnView } from './protocol';

/** Words that need knowledge the page's data does not have: prices, messages. */
export interface TurnWords {
  /** "$0.0021", "free", "price unknown". */
  cost(attempt: Attempt): string;
  /** What to tell the user of a refusal or a failure, with the next step. */
  notice(event: Extract<TicketEvent, { type: 'outcome' }>): NoticeView | undefined;
  /** "about $0.002, 3 s". */
  estimate(event: Extract<TicketEvent, { type: 'rescue' }>): string;
  /** What was replaced in the prompt or kept back from it, one sentence each. */
  kept(attempt: Attempt): readonly string[];
}

/** One turn of a conversation after one more event of its request. Pure; `text` events are the hot ones. */
export function reduceTurn(turn: TurnView, event: TicketEvent, words: TurnWords): TurnView {
  switch (event.type) {
    case 'decided':
      return turn;
    case 'attempt': {
      // A second sample is evidence, not something to read.
      if (event.role === 'sample') return turn;
      const last = turn.blocks.at(-1);
      const announced = last?.status === 'running' && last.model === '' ? last.announced : undefined;
      const block: BlockView = {
        id: `${turn.requestId ?? 'turn'}-${String(turn.blocks.length)}`,
        track: event.track,
        model: event.model.id,
        standIn: event.model.standIn === true,
        status: 'running',
        text: '',
        ...(announced !== undefined && { announced }),
      };
      const before = announced === undefined ? turn.blocks : turn.blocks.slice(0, -1);
      return { ...turn, blocks: [...before, block] };
    }
    case 'text':
      return withLast(turn, (block) => ({ ...block, text: block.text + event.text }));
    case 'attempt-ended':
      return event.attempt.role === 'sample'
        ? turn
        : withLast(turn, (block) => ended(block, event.attempt, words));
    case 'rescue': {
      // Announced before its first byte: where it goes, why, and what it will cost.
      const why = event.reasons.map(({ text }) => sentence(text)).join(' ');
      const waiting: BlockView = {
        id: `${turn.requestId ?? 'turn'}-${String(turn.blocks.length)}`,
        track: event.to.place,
        model: '',
        standIn: false,
        status: 'running',
        text: '',
        announced: `${why} ${event.to.id} ${RESCUE[event.role]}: ${words.estimate(event)}.`.trim(),
      };
      return { ...turn, blocks: [...turn.blocks, waiting] };
    }
    case 'outcome': {
      const notice = words.notice(event);
      const blocks = turn.blocks
        .filter((block) => block.model !== '')
        .map((block) => (block.status === 'running' ? { ...block, status: 'cancelled' as const } : block));
      return { ...turn, blocks, ...(notice !== undefined && { notice }) };
    }
  }
}

const RESCUE = { escalation: 'answers beside it', fallback: 'answers instead' } as const;

/** Undefined where the answer is whole, or its failure says enough. */
function endingOf(end: AttemptEnd): string | undefined {
  if (end.kind !== 'answered' && end.kind !== 'doubted') return undefined;
  return { stop: undefined, length: 'cut off at the length limit', refusal: 'declined' }[end.finish];
}

function ended(block: BlockView, attempt: Attempt, words: TurnWords): BlockView {
  const privacy = privacySummary(attempt);
  const ending = endingOf(attempt.end);
  const status = { answered: 'done', doubted: 'doubted', failed: 'failed', cancelled: 'cancelled' } as const;
  return {
    ...block,
    status: status[attempt.end.kind],
    ...(ending !== undefined && { ending }),
    cost: words.cost(attempt),
    time: timeWords(attempt),
    ...(privacy !== undefined && { privacy, kept: words.kept(attempt) }),
  };
}

function privacySummary({ privacy }: Attempt): string | undefined {
  const redacted = Object.values(privacy?.redactions ?? {}).reduce((sum, count) => sum + count, 0);
  const blocked = privacy?.blocked.length ?? 0;
  const parts = [
    ...(redacted > 0
      ? [`${String(redacted)} ${redacted === 1 ? 'secret was' : 'secrets were'} replaced before sending`]
      : []),
    ...(blocked > 0 ? [`${String(blocked)} ${blocked === 1 ? 'file was' : 'files were'} kept back`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function timeWords({ timings }: Attempt): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const total = seconds(timings.totalMs);
  return timings.firstTokenMs === undefined
    ? total
    : `${total}, first word after ${seconds(timings.firstTokenMs)}`;
}

function withLast(turn: TurnView, change: (block: BlockView) => BlockView): TurnView {
  const last = turn.blocks.at(-1);
  return last === undefined ? turn : { ...turn, blocks: [...turn.blocks.slice(0, -1), change(last)] };
}
