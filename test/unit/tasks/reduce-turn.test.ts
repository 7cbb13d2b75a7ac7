import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../../../src/models/usage';
import type { TurnView } from '../../../src/answer/protocol';
import { reduceTurn, type TurnWords } from '../../../src/answer/reduce-turn';
import type { Attempt, AttemptEnd } from '../../../src/routing/outcome';
import type { TicketEvent } from '../../../src/routing/yard';

const local = { provider: 'ollama', id: 'qwen', place: 'local' } as const;
const cloud = { provider: 'claude', id: 'haiku', place: 'cloud' } as const;
const words: TurnWords = {
  cost: () => '$0.01',
  notice: () => undefined,
  estimate: () => 'about $0.01',
  kept: () => [],
};
const start: TurnView = { question: 'Explain', blocks: [], canAskCloud: false, requestId: 'r' };

const attempt = (model: Attempt['model'], end: AttemptEnd): Attempt => ({
  role: 'first',
  track: model.place,
  model,
  startedAt: 0,
  usage: NO_USAGE,
  timings: { firstTokenMs: 400, totalMs: 2100 },
  end,
  evidence: [],
});
const play = (events: TicketEvent[]): TurnView =>
  events.reduce((turn, event) => reduceTurn(turn, event, words), start);
const begins = (model: Attempt['model'], role: Attempt['role'] = 'first'): TicketEvent => ({
  type: 'attempt',
  role,
  track: model.place,
  model,
});

describe('a turn of a conversation', () => {
  it('grows with the text and ends with cost and time', () => {
    const turn = play([
      begins(local),
      { type: 'text', text: 'It ' },
      { type: 'text', text: 'adds.' },
      { type: 'attempt-ended', attempt: attempt(local, { kind: 'answered', finish: 'stop' }) },
    ]);
    expect(turn.blocks).toMatchObject([
      { text: 'It adds.', status: 'done', cost: '$0.01', time: '2.1 s, first word after 0.4 s' },
    ]);
  });

  it('keeps what the local model wrote when the cloud answers beside it, announced with its cost', () => {
    const turn = play([
      begins(local),
      { type: 'text', text: 'Perhaps.' },
      { type: 'attempt-ended', attempt: attempt(local, { kind: 'doubted', finish: 'stop' }) },
      {
        type: 'rescue',
        role: 'escalation',
        to: cloud,
        reasons: [{ code: 'doubt', text: 'the local answer is doubtful' }],
        estimate: { inputTokens: 1, outputTokens: 1 },
      },
      begins(cloud, 'escalation'),
      { type: 'text', text: 'Surely.' },
    ]);
    expect(turn.blocks.map(({ text, status }) => [text, status])).toEqual([
      ['Perhaps.', 'doubted'],
      ['Surely.', 'running'],
    ]);
    expect(turn.blocks[1]?.announced).toBe(
      'The local answer is doubtful. haiku answers beside it: about $0.01.',
    );
  });

  it('does not show a second sample, which is evidence and not an answer', () => {
    const turn = play([begins(local), { type: 'text', text: 'A' }, begins(local, 'sample')]);
    expect(turn.blocks).toHaveLength(1);
  });
});
