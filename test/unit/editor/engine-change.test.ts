import { describe, expect, it } from 'vitest';
import { engineChange } from '../../../src/editor/models/engine-change';
import type { FailureKind } from '../../../src/models/failure';
import type { ModelRef } from '../../../src/models/model';
import type { ProviderState } from '../../../src/models/provider';
import { NO_USAGE } from '../../../src/models/usage';
import type { Attempt, OutcomeResult } from '../../../src/routing/outcome';

const QWEN: ModelRef = { provider: 'ollama', id: 'qwen', place: 'local' };
const READY: ProviderState = { kind: 'ready' };
const NOBODY: OutcomeResult = { kind: 'refused', rule: 'no-track' };

const failed = (failure: FailureKind, model = QWEN): Attempt => ({
  role: 'first',
  track: 'local',
  model,
  startedAt: 0,
  usage: NO_USAGE,
  timings: { totalMs: 1 },
  end: { kind: 'failed', failure, message: '' },
  evidence: [],
});
const change = (
  attempts: Attempt[],
  state: ProviderState = READY,
  result: OutcomeResult = { kind: 'cancelled' },
) => engineChange({ attempts, result }, { provider: 'ollama', state });

describe('a request shows', () => {
  it('that the engine in use is gone, also where another model answered then', () =>
    expect(change([failed('unreachable')], READY, { kind: 'answered', track: 'cloud' })).toBe('gone'));

  it('nothing new of an engine that is known to be gone', () =>
    expect(change([failed('unreachable')], { kind: 'down', reason: '' })).toBeUndefined());

  it('that the model was removed', () => expect(change([failed('model-missing')])).toBe('lacking'));

  it('that nothing could answer: what was missing may have come', () =>
    expect(change([], READY, NOBODY)).toBe('lacking'));

  it('nothing by other failures, nor by those of other engines and of clouds', () => {
    expect(change([failed('out-of-memory')])).toBeUndefined();
    expect(change([failed('unreachable', { ...QWEN, provider: 'inside' })])).toBeUndefined();
    expect(change([failed('unreachable', { ...QWEN, place: 'cloud' })])).toBeUndefined();
  });
});
