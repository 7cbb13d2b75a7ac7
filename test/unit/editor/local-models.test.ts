import { describe, expect, it } from 'vitest';
import type { LocalEngine } from '../../../src/editor/models/local-engine';
import { LocalModelWatch } from '../../../src/editor/models/local-models';
import type { ModelInfo, ProviderState } from '../../../src/models/provider';

const READY: ProviderState = { kind: 'ready' };
const DOWN: ProviderState = { kind: 'down', reason: 'Ollama is not running.' };
const NO_MODEL: ProviderState = { kind: 'unconfigured', reason: 'It has no model yet.' };

const model = (provider: string, standIn = false): ModelInfo => ({
  ref: { provider, id: 'm', place: 'local', ...(standIn ? { standIn } : {}) },
  displayName: 'm',
  abilities: { chat: true, infill: true, thinking: false },
});

function engine(provider: string, state: ProviderState, installed: readonly ModelInfo[] = []): LocalEngine {
  const name = provider === 'ollama' ? 'Ollama' : 'the engine inside';
  return {
    provider,
    name,
    look: () => Promise.resolve({ provider, name, state, installed }),
    local: () => undefined,
  };
}

const watch = (): LocalModelWatch => new LocalModelWatch(() => ({ complete: '', explain: '' }) as never);
const inside = (standIn: boolean): LocalEngine => engine('inside', READY, [model('inside', standIn)]);

describe('the local engines', () => {
  it('are not down, only not set up, where none was ever there', async () => {
    const found = await watch().look([engine('ollama', DOWN), engine('inside', NO_MODEL)]);

    expect(found.state).toEqual({
      kind: 'unconfigured',
      reason: 'Ollama is not running. It has no model yet.',
    });
  });

  it('are down once the one that answered has gone', async () => {
    const seen = watch();
    await seen.look([engine('ollama', READY, [model('ollama')])]);

    expect((await seen.look([engine('ollama', DOWN)])).state).toEqual(DOWN);
  });

  it('stand in for one another, and go back', async () => {
    const seen = watch();
    const looks = [engine('ollama', DOWN), inside(false)];

    expect((await seen.look(looks)).engine).toBe('the engine inside');
    expect((await seen.look([engine('ollama', READY, [model('ollama')]), inside(false)])).engine).toBe(
      'Ollama',
    );
    expect((await seen.look(looks)).engine).toBe('the engine inside');
  });

  it('say so when all there is is a stand-in', async () => {
    expect((await watch().look([engine('ollama', DOWN), inside(true)])).engine).toBe('a stand-in model');
  });
});
