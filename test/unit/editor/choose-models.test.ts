import { describe, expect, it } from 'vitest';
import { chooseModels } from '../../../src/editor/models/choose-models';
import type { EngineLook } from '../../../src/editor/models/local-engine';
import type { ModelInfo } from '../../../src/models/provider';

const GIB = 1024 ** 3;
const NOTHING_WANTED = { complete: '', explain: '', refactor: '', ask: '', small: '' };

const model = (provider: string, id: string, more: Partial<ModelInfo['ref']> = {}): ModelInfo => ({
  ref: { provider, id, place: 'local', ...more },
  displayName: id,
  sizeBytes: 1e9,
  abilities: { chat: true, infill: true, thinking: false },
});
const up = (provider: string, ...installed: ModelInfo[]): EngineLook => ({
  provider,
  name: provider,
  state: { kind: 'ready' },
  installed,
});
const down = (provider: string): EngineLook => ({
  provider,
  name: provider,
  state: { kind: 'down', reason: `${provider} is not running.` },
  installed: [],
});

function chosen(looks: EngineLook[], wanted: Partial<typeof NOTHING_WANTED> = {}) {
  const found = chooseModels(looks, { ...NOTHING_WANTED, ...wanted }, { memoryBytes: 16 * GIB });
  const name = (ref: ModelInfo['ref'] | undefined): string | undefined => ref && `${ref.provider}/${ref.id}`;
  return {
    engine: found.engine?.provider,
    complete: name(found.choices.complete?.model.ref),
    explain: name(found.choices.explain?.model.ref),
  };
}

const OLLAMA = up('ollama', model('ollama', 'qwen2.5-coder:1.5b'));
const INSIDE = up('inside', model('inside', 'qwen2.5-coder-0.5b'));

describe('the local engine', () => {
  it('is Ollama when it answers', () => {
    expect(chosen([OLLAMA, INSIDE])).toMatchObject({
      engine: 'ollama',
      complete: 'ollama/qwen2.5-coder:1.5b',
    });
  });

  it('is the one inside when Ollama does not answer', () => {
    expect(chosen([down('ollama'), INSIDE])).toMatchObject({
      engine: 'inside',
      complete: 'inside/qwen2.5-coder-0.5b',
    });
  });

  it('is the one inside when Ollama has no model', () => {
    expect(chosen([up('ollama'), INSIDE]).engine).toBe('inside');
  });

  it('is the server the user set up, before all others', () => {
    expect(chosen([up('openai', model('openai', 'starcoder2')), OLLAMA, INSIDE]).engine).toBe('openai');
  });

  it('is none where nothing answers', () => {
    expect(chosen([down('ollama'), down('inside')])).toEqual({
      engine: undefined,
      complete: undefined,
      explain: undefined,
    });
  });
});

describe('a model the user named', () => {
  it('is taken from the engine that has it', () => {
    expect(chosen([OLLAMA, INSIDE], { explain: 'inside/qwen2.5-coder-0.5b' })).toMatchObject({
      complete: 'ollama/qwen2.5-coder:1.5b',
      explain: 'inside/qwen2.5-coder-0.5b',
    });
  });

  it('goes to Ollama where nobody has it, which offers to pull it', () => {
    expect(chosen([OLLAMA, INSIDE], { explain: 'llama3.2' }).explain).toBe('ollama/llama3.2');
  });

  it('gives way to one that is there while Ollama is not', () => {
    expect(chosen([down('ollama'), INSIDE], { explain: 'llama3.2' }).explain).toBe(
      'inside/qwen2.5-coder-0.5b',
    );
  });

  it('is never taken for local when it runs in a cloud', () => {
    const ollama = up('ollama', model('ollama', 'big-cloud', { place: 'cloud' }), ...OLLAMA.installed);

    expect(chosen([ollama], { explain: 'big-cloud' }).explain).toBe('ollama/qwen2.5-coder:1.5b');
  });
});

describe('the engine that stands by', () => {
  const standby = (looks: EngineLook[], wanted: Partial<typeof NOTHING_WANTED> = {}) =>
    chooseModels(looks, { ...NOTHING_WANTED, ...wanted }, { memoryBytes: 16 * GIB }).standby.explain?.model
      .ref;

  it('is the next one that is there and has a model', () => {
    expect(standby([OLLAMA, down('openai'), INSIDE])).toMatchObject({ provider: 'inside' });
  });

  it('answers with its own model, whatever the user named for the first', () => {
    expect(standby([OLLAMA, INSIDE], { explain: 'qwen2.5-coder:1.5b' })).toMatchObject({
      id: 'qwen2.5-coder-0.5b',
    });
    expect(standby([INSIDE, OLLAMA], { explain: 'not-pulled:7b' })).toMatchObject({
      id: 'qwen2.5-coder:1.5b',
    });
  });

  it('is none where there is no other', () => {
    expect(standby([OLLAMA, down('inside')])).toBeUndefined();
    expect(standby([INSIDE])).toBeUndefined();
  });
});

describe('a stand-in', () => {
  const standIn = model('inside', 'smollm2-135m', { standIn: true });

  it('answers where there is nothing else', () => {
    expect(chosen([down('ollama'), up('inside', standIn)]).complete).toBe('inside/smollm2-135m');
  });

  it('is not praised for being small', () => {
    const looks = [up('inside', standIn)];
    const { choices } = chooseModels(looks, NOTHING_WANTED, { memoryBytes: 16 * GIB });
    expect(choices.complete?.because).toMatch(/only stands in/);
  });

  it('gives way to any real model', () => {
    expect(chosen([down('ollama'), up('inside', standIn, ...INSIDE.installed)])).toMatchObject({
      complete: 'inside/qwen2.5-coder-0.5b',
      explain: 'inside/qwen2.5-coder-0.5b',
    });
  });
});
