import { describe, expect, it } from 'vitest';
import type { TurnView } from '../../../src/answer/protocol';
import { reduceTurn, type TurnWords } from '../../../src/answer/reduce-turn';
import type { ModelRef } from '../../../src/models/model';
import { NO_USAGE } from '../../../src/models/usage';
import type { Attempt, AttemptEnd } from '../../../src/routing/outcome';
import type { TicketEvent } from '../../../src/routing/yard';

const QWEN: ModelRef = { provider: 'ollama', id: 'qwen', place: 'local' };
const CLAUDE: ModelRef = { provider: 'claude', id: 'claude', place: 'cloud' };

const KEPT = ['Not sent: .env (holds keys or credentials by its name).'];
const WORDS: TurnWords = {
  cost: () => 'free',
  notice: () => undefined,
  estimate: () => 'about $0.002',
  kept: () => KEPT,
};
const EMPTY: TurnView = { question: 'What is this?', blocks: [], canAskCloud: false, requestId: 'r' };

const afterAll = (...events: readonly TicketEvent[]): TurnView =>
  events.reduce((turn, event) => reduceTurn(turn, event, WORDS), EMPTY);

const starts = (model: ModelRef): TicketEvent => ({
  type: 'attempt',
  role: 'first',
  track: model.place,
  model,
});

const ends = (model: ModelRef, end: AttemptEnd): TicketEvent => {
  const attempt: Attempt = {
    role: 'first',
    track: model.place,
    model,
    startedAt: 0,
    usage: NO_USAGE,
    timings: { totalMs: 1_000 },
    end,
    evidence: [],
  };
  return { type: 'attempt-ended', attempt };
};

const rescue = (role: 'fallback' | 'escalation', to: ModelRef): TicketEvent => ({
  type: 'rescue',
  role,
  to,
  reasons: [{ code: 'x', text: 'the answer was doubtful' }],
  estimate: { inputTokens: 1, outputTokens: 1 },
});

describe('what was kept back from a prompt', () => {
  const answered = (privacy: Attempt['privacy']): TurnView => {
    const event = ends(CLAUDE, { kind: 'answered', finish: 'stop' });
    if (event.type !== 'attempt-ended') throw new Error('not an end');
    return afterAll(starts(CLAUDE), { ...event, attempt: { ...event.attempt, ...(privacy && { privacy }) } });
  };

  it('is counted in words, and named one by one', () => {
    const turn = answered({
      redactions: { 'github-token': 2, 'private-key': 1 },
      blocked: [{ path: '.env', rule: 'denied-file' }],
    });
    expect(turn.blocks[0]).toMatchObject({
      privacy: '3 secrets were replaced before sending, 1 file was kept back',
      kept: KEPT,
    });
  });

  it('is not mentioned where it was nothing', () => {
    expect(answered({ redactions: {}, blocked: [] }).blocks[0]).not.toHaveProperty('privacy');
  });
});

describe('an answer that ended', () => {
  it('says nothing about its end where it is whole', () => {
    const turn = afterAll(starts(QWEN), ends(QWEN, { kind: 'answered', finish: 'stop' }));
    expect(turn.blocks[0]).not.toHaveProperty('ending');
  });

  it('says that the length limit cut it off', () => {
    const turn = afterAll(starts(QWEN), ends(QWEN, { kind: 'answered', finish: 'length' }));
    expect(turn.blocks[0]).toMatchObject({ status: 'done', ending: 'cut off at the length limit' });
  });

  it('says that the model declined', () => {
    const turn = afterAll(starts(CLAUDE), ends(CLAUDE, { kind: 'answered', finish: 'refusal' }));
    expect(turn.blocks[0]).toMatchObject({ ending: 'declined' });
  });
});

describe('a rescue', () => {
  it('announces the cloud beside a doubtful local answer, with its price', () => {
    expect(afterAll(starts(QWEN), rescue('escalation', CLAUDE)).blocks[1]).toMatchObject({
      track: 'cloud',
      announced: 'The answer was doubtful. claude answers beside it: about $0.002.',
    });
  });

  it('announces a fallback to this machine as such', () => {
    expect(afterAll(starts(CLAUDE), rescue('fallback', QWEN)).blocks[1]).toMatchObject({
      track: 'local',
      announced: 'The answer was doubtful. qwen answers instead: about $0.002.',
    });
  });

  it('hands its announcement to the answer that follows', () => {
    const { blocks } = afterAll(starts(QWEN), rescue('escalation', CLAUDE), starts(CLAUDE));
    expect(blocks).toHaveLength(2);
    expect(blocks[1]).toMatchObject({
      model: 'claude',
      announced: expect.stringContaining('doubtful') as string,
    });
  });
});
