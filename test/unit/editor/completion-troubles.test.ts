import { describe, expect, it } from 'vitest';
import { CompletionTroubles } from '../../../src/editor/ghost-text/completion-troubles';
import type { Notice } from '../../../src/editor/notify';
import type { FailureKind } from '../../../src/models/failure';
import type { ModelRef } from '../../../src/models/model';
import { NO_USAGE } from '../../../src/models/usage';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { Outcome, OutcomeResult } from '../../../src/routing/outcome';
import type { Task } from '../../../src/routing/request';

const QWEN: ModelRef = { provider: 'ollama', id: 'qwen', place: 'local' };

const outcome = (result: OutcomeResult, task: Task = 'complete', model = QWEN): Outcome => ({
  requestId: 'r',
  task,
  languageId: 'typescript',
  at: 0,
  endedAt: 1,
  decision: {
    kind: 'run',
    track: 'local',
    model,
    threshold: 0,
    estimate: { inputTokens: 0, outputTokens: 0 },
    complexity: { level: 'simple', because: [] },
    reasons: [],
  },
  attempts: [
    {
      role: 'first',
      track: 'local',
      model,
      startedAt: 0,
      usage: NO_USAGE,
      timings: { totalMs: 1 },
      end: { kind: 'cancelled' },
      evidence: [],
    },
  ],
  result,
  privacy: NOTHING_TO_REPORT,
});
const failed = (failure: FailureKind, task?: Task, model?: ModelRef): Outcome =>
  outcome({ kind: 'failed', failure, message: '' }, task, model);
const ANSWERED = outcome({ kind: 'answered', track: 'local' });

function desk(): { troubles: CompletionTroubles; shown: Notice[]; resolved: string[] } {
  const shown: Notice[] = [];
  const resolved: string[] = [];
  const troubles = new CompletionTroubles({
    show: (notice) => void shown.push(notice),
    resolved: (cause) => void resolved.push(cause),
  });
  return { troubles, shown, resolved };
}

describe('completions that fail', () => {
  it('say why once, with what to do about it', () => {
    const { troubles, shown } = desk();
    for (let key = 0; key < 5; key++) troubles.enter(failed('model-missing'));
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({
      message: 'Completions: qwen is not installed.',
      actions: [{ title: 'Pull Model', command: 'switchyard.nextStep', arguments: ['pull-model'] }],
    });
    expect(troubles.current.get()).toBe('qwen is not installed.');
  });

  it('say it anew for another model, and for another reason', () => {
    const { troubles, shown } = desk();
    troubles.enter(failed('no-infill'));
    troubles.enter(failed('out-of-memory'));
    troubles.enter(failed('no-infill', 'complete', { ...QWEN, id: 'llama' }));
    expect(shown).toHaveLength(3);
  });

  it('are news again after one that came', () => {
    const { troubles, shown, resolved } = desk();
    troubles.enter(failed('out-of-memory'));
    troubles.enter(ANSWERED);
    expect(troubles.current.get()).toBeUndefined();
    expect(resolved).toEqual(['completions/ollama/qwen/out-of-memory']);
    troubles.enter(failed('out-of-memory'));
    expect(shown).toHaveLength(2);
  });

  it('are not mended by what the workspace itself predicts', () => {
    const { troubles } = desk();
    troubles.enter(failed('no-infill'));
    troubles.enter(outcome({ kind: 'answered', track: 'instant' }));
    expect(troubles.current.get()).toBeDefined();
  });

  it('say nothing of troubles that pass by themselves, and of other tasks', () => {
    const { troubles, shown } = desk();
    troubles.enter(failed('timeout'));
    troubles.enter(failed('model-missing', 'explain'));
    expect(shown).toHaveLength(0);
  });
});
