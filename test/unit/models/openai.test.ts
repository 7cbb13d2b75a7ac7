import { afterEach, describe, expect, it } from 'vitest';
import type { CallOptions, InfillPrompt } from '../../../src/models/model';
import { OpenAIProvider, type OpenAISettings } from '../../../src/models/openai/provider';
import { mintCloudText } from '../../../src/privacy/cloud-text';
import { startOpenAIServer, type OpenAIServer, type OpenAIServerOptions } from '../../servers/openai/server';
import { chat, cloudChat, collect, infill, never, OPTIONS, type Collected } from './asking';

const QWEN = 'qwen2.5-coder-1.5b-q8_0.gguf';

let server: OpenAIServer;
const start = async (
  options: OpenAIServerOptions = {},
  settings: Partial<OpenAISettings> = {},
): Promise<OpenAIProvider> => {
  server = await startOpenAIServer({ answer: () => 'a + b', ...options });
  return new OpenAIProvider({
    name: 'here',
    baseURL: `${server.url}/v1`,
    apiKey: () => Promise.resolve(undefined),
    ...settings,
  });
};
afterEach(() => server.close());

const body = (): Record<string, unknown> => server.requests.at(-1)?.body as Record<string, unknown>;
const paths = (): string[] => server.requests.map(({ path }) => path);

describe('a chat with an OpenAI-compatible server', () => {
  it("streams text and log-probabilities, and ends with the server's usage", async () => {
    const provider = await start();
    const answer = await collect(
      provider.local(QWEN)?.chat(chat('Explain.'), { ...OPTIONS, logprobs: true, temperature: 0.2 }, never()),
    );
    expect(answer.text).toBe('a + b');
    expect(answer.logprobs).toHaveLength(4);
    expect(answer.end).toMatchObject({ finish: 'stop', usage: { outputTokens: 4, estimated: false } });
    expect(body()).toMatchObject({
      max_tokens: 256,
      temperature: 0.2,
      stream_options: { include_usage: true },
    });
  });
  it('a refusal of the content filter is one', async () => {
    const provider = await start({ answer: () => ({ text: '', finish: 'refusal' }) });
    expect((await collect(provider.local(QWEN)?.chat(chat('?'), OPTIONS, never()))).end?.finish).toBe(
      'refusal',
    );
  });
  it('a wrong key is named, and not repeated', async () => {
    const provider = await start({ key: 'sk-right' }, { apiKey: () => Promise.resolve('sk-wrong') });
    const answer = await collect(provider.local(QWEN)?.chat(chat('?'), OPTIONS, never()));
    expect(answer.error?.kind).toBe('bad-key');
    expect(String(answer.error?.stack)).not.toContain('sk-wrong');
    expect(await provider.probe()).toMatchObject({ kind: 'unconfigured' });
  });
  it('an account without credit is told from a rate limit', async () => {
    const provider = await start();
    server.faults.next({ kind: 'status', status: 429, error: 'insufficient_quota' });
    expect((await collect(provider.local(QWEN)?.chat(chat('?'), OPTIONS, never()))).error?.kind).toBe(
      'no-credit',
    );
  });
});

describe('filling in the middle', () => {
  const fill = (
    provider: OpenAIProvider,
    prompt: InfillPrompt,
    options: Partial<CallOptions> = {},
    model = QWEN,
  ): Promise<Collected> =>
    collect(provider.local(model)?.infill?.(prompt, { ...OPTIONS, ...options }, never()));

  it("goes through llama.cpp's own route where there is one, with the other files", async () => {
    const answer = await fill(await start(), infill('return █;', [{ path: 'a.ts', text: 'let a;' }]), {
      logprobs: true,
    });
    expect(answer).toMatchObject({
      text: 'a + b',
      end: { usage: { outputTokens: 4 }, timings: { promptEvalMs: 12 } },
    });
    expect(answer.logprobs).toHaveLength(4);
    expect(paths()).toEqual(['/infill']);
    expect(body()).toMatchObject({
      input_prefix: 'return ',
      input_suffix: ';',
      input_extra: [{ filename: 'a.ts', text: 'let a;' }],
    });
  });
  it('goes through a raw completion elsewhere, and asks for the route once only', async () => {
    const provider = await start({ kind: 'plain' });
    expect((await fill(provider, infill('return █;'))).text).toBe('a + b');
    expect((await fill(provider, infill('return █;'))).text).toBe('a + b');
    expect(paths()).toEqual(['/infill', '/v1/completions', '/v1/completions']);
    expect(body()['prompt']).toBe('<|fim_prefix|>return <|fim_suffix|>;<|fim_middle|>');
  });
  it('of a model with no known tokens goes by suffix', async () => {
    const provider = await start({ kind: 'plain', models: ['mystery'] });
    expect((await fill(provider, infill('return █;'), {}, 'mystery')).text).toBe('a + b');
    expect(body()).toMatchObject({ prompt: 'return ', suffix: ';' });
  });
  it('is not to be had from a server with chats alone', async () => {
    const provider = await start({ kind: 'gateway' });
    expect((await fill(provider, infill('return █;'))).error?.kind).toBe('no-infill');
  });
});

describe('the place of a server', () => {
  it('is local on the loopback, and cloud elsewhere, unless the user says otherwise', async () => {
    const provider = await start();
    expect(provider.place).toBe('local');
    expect(provider.cloud(QWEN)).toBeUndefined();
    const elsewhere = {
      name: 'team',
      baseURL: 'https://llm.example.com/v1',
      apiKey: () => Promise.resolve('sk'),
    };
    expect(new OpenAIProvider(elsewhere).local('m')).toBeUndefined();
    expect(new OpenAIProvider({ ...elsewhere, place: 'local' }).local('m')).toBeDefined();
  });
  it('a cloud takes filtered text, effort for a model that thinks, and no temperature', async () => {
    const provider = await start({ models: ['gpt-5.5'] }, { place: 'cloud' });
    const answer = await collect(
      provider
        .cloud('gpt-5.5')
        ?.chat(cloudChat('Explain.'), { ...OPTIONS, effort: 'low', temperature: 0.5 }, never()),
    );
    expect(answer.text).toBe('a + b');
    expect(body()).toMatchObject({ reasoning_effort: 'low' });
    expect(body()).not.toHaveProperty('temperature');
  });
  it('a cloud gets nothing when sending is forbidden between the question and the moment it would go out', async () => {
    let offline = false;
    const apiKey = (): Promise<string> => {
      // The key store takes its time, and the user meanwhile throws the switch.
      offline = true;
      return Promise.resolve('sk');
    };
    const provider = await start({ models: ['gpt-5.5'] }, { place: 'cloud', apiKey });
    const text = mintCloudText('Explain.', () => (offline ? 'offline' : undefined));
    const prompt = { system: [], turns: [{ role: 'user' as const, parts: [{ text }] }] };

    const answer = await collect(provider.cloud('gpt-5.5')?.chat(prompt, OPTIONS, never()));

    expect(answer.error).toMatchObject({ kind: 'cancelled' });
    expect(answer.error?.detail.usage).toBeUndefined();
    expect(server.requests).toEqual([]);
  });
  it('models are listed with their context', async () => {
    expect(await (await start()).list()).toMatchObject([
      { ref: { id: QWEN, place: 'local' }, contextTokens: 16_384, abilities: { infill: true } },
    ]);
  });
});
