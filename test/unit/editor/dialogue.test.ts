import { describe, expect, it } from 'vitest';
import type { BlockView } from '../../../src/answer/protocol';
import { Dialogue } from '../../../src/editor/answer/dialogue';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { OutcomeResult } from '../../../src/routing/outcome';

const block = (id: string, track: 'local' | 'cloud', status: BlockView['status'] = 'done'): BlockView => ({
  id,
  track,
  model: 'm',
  standIn: false,
  status,
  text: `${id} says`,
});

/** Asks a question that comes out so. */
function turn(dialogue: Dialogue, question: string, result: OutcomeResult, ...blocks: BlockView[]): number {
  const index = dialogue.begin(question);
  dialogue.change(index, (before) => ({ ...before, blocks }));
  end(dialogue, index, `r${String(index)}`, result);
  return index;
}

function end(dialogue: Dialogue, index: number, requestId: string, result: OutcomeResult, redoOf?: string) {
  const decision = {
    kind: 'refuse',
    rule: 'no-track',
    complexity: { level: 'simple', because: [] },
    reasons: [],
  } as const;
  const outcome = {
    requestId,
    ...(redoOf !== undefined && { redoOf }),
    task: 'explain',
    languageId: 'typescript',
    at: 0,
    endedAt: 1,
    decision,
    attempts: [],
    result,
    privacy: NOTHING_TO_REPORT,
  } as const;
  dialogue.end(index, { outcome, restore: (text) => ({ text, left: 0 }) });
}

const answered = (track: 'local' | 'cloud'): OutcomeResult => ({ kind: 'answered', track });

describe('what was said before a question', () => {
  it('is every question that was answered, and who answered it', () => {
    const dialogue = new Dialogue('Explain cart.ts:8');
    turn(dialogue, '', answered('local'), block('a', 'local'));
    turn(dialogue, 'Why?', answered('cloud'), block('b', 'cloud'));
    expect(dialogue.before(2)).toEqual([
      { question: '', answer: 'a says', fromCloud: false },
      { question: 'Why?', answer: 'b says', fromCloud: true },
    ]);
    expect(dialogue.turns[0]?.question).toBe('Explain cart.ts:8');
  });

  it('leaves out what was stopped, failed, or came out empty', () => {
    const dialogue = new Dialogue();
    turn(dialogue, 'Stopped?', { kind: 'cancelled' }, block('a', 'local', 'cancelled'));
    turn(dialogue, 'Empty?', answered('local'), { ...block('b', 'local'), text: ' ' });
    expect(dialogue.before(2)).toEqual([]);
  });

  it('ends where a question is asked again', () => {
    const dialogue = new Dialogue();
    turn(dialogue, 'One?', answered('local'), block('a', 'local'));
    turn(dialogue, 'Two?', answered('local'), block('b', 'local'));
    expect(dialogue.restart(0)).toBe(true);
    expect(dialogue.turns).toMatchObject([{ question: 'One?', blocks: [] }]);
    expect(dialogue.restart(5)).toBe(false);
  });
});

describe('Claude asked instead', () => {
  const asked = (): { dialogue: Dialogue; index: number } => {
    const dialogue = new Dialogue();
    const index = turn(dialogue, 'Why?', answered('local'), block('a', 'local'));
    return { dialogue, index };
  };

  it.each<OutcomeResult>([{ kind: 'refused', rule: 'budget-cap' }, { kind: 'cancelled' }])(
    'leaves the local answer standing where nothing comes of it: $kind',
    (result) => {
      const { dialogue, index } = asked();
      end(dialogue, index, 'redo', result, 'r0');
      expect(dialogue.answer(index)?.id).toBe('a');
      expect(dialogue.standing(index)?.outcome.requestId).toBe('r0');
      expect(dialogue.ended(index)?.outcome.requestId).toBe('redo');
    },
  );

  it('has the answer once it answered', () => {
    const { dialogue, index } = asked();
    dialogue.change(index, (before) => ({ ...before, blocks: [...before.blocks, block('b', 'cloud')] }));
    end(dialogue, index, 'redo', answered('cloud'), 'r0');
    expect(dialogue.answer(index)?.id).toBe('b');
    expect(dialogue.standing(index)?.outcome.requestId).toBe('redo');
  });
});

describe('the answer of a turn', () => {
  it('is of the track that the outcome names, also where another model wrote last', () => {
    const dialogue = new Dialogue();
    const blocks = [block('a', 'local', 'doubted'), block('b', 'cloud', 'cancelled')];
    const index = turn(dialogue, 'Why?', answered('local'), ...blocks);
    expect(dialogue.answer(index)?.id).toBe('a');
  });

  it('is the one that came beside a doubtful one', () => {
    const dialogue = new Dialogue();
    const index = turn(
      dialogue,
      'Why?',
      answered('cloud'),
      block('a', 'local', 'doubted'),
      block('b', 'cloud'),
    );
    expect(dialogue.answer(index)?.id).toBe('b');
    expect([dialogue.turnOf('a'), dialogue.turnOf('x'), dialogue.textOf('a')]).toEqual([index, -1, 'a says']);
  });
});
