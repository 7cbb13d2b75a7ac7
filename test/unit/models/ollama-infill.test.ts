import { afterEach, describe, expect, it } from 'vitest';
import type { CallOptions, InfillPrompt } from '../../../src/models/model';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { MANY_MODELS } from '../../servers/ollama/models';
import { startOllamaServer, type OllamaServer } from '../../servers/ollama/server';
import { collect, infill, never, OPTIONS, type Collected } from './asking';

let server: OllamaServer;
afterEach(() => server.close());

const CONTEXT = [{ path: 'src/types.ts', text: 'type N = number;' }];

async function fill(
  model: string,
  prompt: InfillPrompt,
  options: Partial<CallOptions> = {},
  listed = true,
): Promise<Collected> {
  server = await startOllamaServer({ models: MANY_MODELS, answer: () => 'a + b', parallel: 4 });
  const ollama = new OllamaProvider({ host: server.url });
  if (listed) await ollama.list();
  return collect(ollama.local(model)?.infill?.(prompt, { ...OPTIONS, ...options }, never()));
}
const body = (): Record<string, unknown> => server.requests.at(-1)?.body as Record<string, unknown>;

describe('filling in the middle through Ollama', () => {
  it('a model with `insert` is asked by suffix, in its own template', async () => {
    expect((await fill('qwen2.5-coder:1.5b', infill('return █;'))).text).toBe('a + b');
    expect(body()).toMatchObject({ prompt: 'return ', suffix: ';', think: false, stream: true });
    expect(body()['raw']).toBeUndefined();
  });

  it("with other files along it is asked in its family's tokens, which have a place for them", async () => {
    await fill('qwen2.5-coder:1.5b', infill('return █;', CONTEXT));
    expect(body()).toMatchObject({
      raw: true,
      prompt: expect.stringContaining('<|file_sep|>src/types.ts') as string,
    });
  });

  it.each([
    'qwen3-coder:30b',
    'starcoder2:3b',
    'deepseek-coder:1.3b',
    'codellama:7b',
    'codegemma:2b',
    'codestral:22b',
  ])('%s has no `insert` and is asked by its raw template, with its stop tokens', async (model) => {
    expect((await fill(model, infill('return █;'))).text).toBe('a + b');
    expect(body()).toMatchObject({ raw: true });
    expect(body()['suffix']).toBeUndefined();
    expect((body()['options'] as { stop: string[] }).stop.length).toBeGreaterThan(2);
  });

  it('a model that was never listed is looked up before its first call', async () => {
    expect((await fill('qwen2.5-coder:1.5b', infill('return █;'), {}, false)).text).toBe('a + b');
    expect(server.requests.map(({ path }) => path)).toEqual(['/api/show', '/api/generate']);
    expect(body()).toMatchObject({ suffix: ';' });
  });

  it('a model that cannot fill in the middle offers no infill', async () => {
    server = await startOllamaServer({ models: MANY_MODELS });
    const ollama = new OllamaProvider({ host: server.url });
    await ollama.list();
    expect(ollama.local('llama3.2:3b')?.infill).toBeUndefined();
  });

  it('an empty suffix does not turn the prompt into a chat, nor an empty prefix into a preload', async () => {
    await fill('qwen2.5-coder:1.5b', infill('█'));
    expect(body()).toMatchObject({ prompt: '\n', suffix: '\n' });
  });

  it('log-probabilities come with each token', async () => {
    const answer = await fill('qwen2.5-coder:1.5b', infill('return █;'), { logprobs: true });
    expect(answer.logprobs.map(({ token }) => token)).toEqual(['a', ' ', '+', ' b']);
    expect(answer.logprobs.every(({ logprob }) => logprob <= 0)).toBe(true);
  });

  it('an answer cut at the limit says so', async () => {
    const answer = await fill('qwen2.5-coder:1.5b', infill('return █;'), { maxOutputTokens: 2 });
    expect(answer.end).toMatchObject({ finish: 'length', usage: { outputTokens: 2 } });
  });
});
