import { describe, expect, it } from 'vitest';
import { readMemory } from '../../../src/answer/memory';
import type { AnswerView, BlockView } from '../../../src/answer/protocol';
import { statusWords } from '../../../src/answer/status-words';

const block = (over: Partial<BlockView>): BlockView => ({
  id: 'a',
  track: 'local',
  model: 'qwen',
  standIn: false,
  status: 'running',
  text: '',
  ...over,
});
const view = (...blocks: BlockView[]): AnswerView => ({
  title: '',
  demo: false,
  canAsk: true,
  links: [],
  turns: [{ question: 'q', blocks, canAskCloud: false }],
});

describe('what a screen reader is told of an answer', () => {
  it.each([
    [view(), 'Choosing a track.'],
    [view(block({ model: '' })), 'Starting.'],
    [view(block({})), 'qwen is answering.'],
    [view(block({ status: 'doubted' })), 'The answer of qwen is doubtful.'],
    [
      view(block({ status: 'doubted' }), block({ announced: 'haiku answers beside it.' })),
      'haiku answers beside it.',
    ],
    [view(block({ status: 'done', cost: '$0.01' })), 'Answered by qwen, $0.01.'],
    [view(block({ status: 'cancelled' })), 'Stopped.'],
    [{ ...view(), turns: [] }, ''],
  ])('%#', (given, words) => {
    expect(statusWords(given)).toBe(words);
  });

  it('a notice comes before all else', () => {
    const turns = view(block({ status: 'failed' })).turns.map((turn) => ({
      ...turn,
      notice: { severity: 'warning' as const, text: 'Ollama cannot be reached.' },
    }));
    expect(statusWords({ ...view(), turns })).toBe('Ollama cannot be reached.');
  });
});

describe('what the answer view remembers', () => {
  it('comes back as it was', () => {
    expect(readMemory({ draft: 'And wh', scrollTop: 12 })).toEqual({ draft: 'And wh', scrollTop: 12 });
  });

  it.each([undefined, null, 'x', { draft: 1, scrollTop: -3 }])('is empty when %j was kept', (kept) => {
    expect(readMemory(kept)).toEqual({ draft: '', scrollTop: 0 });
  });
});
