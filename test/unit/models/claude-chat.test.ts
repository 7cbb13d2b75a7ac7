import { APIError } from '@anthropic-ai/sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { claudeFailure } from '../../../src/models/claude/failure';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { FailureKind } from '../../../src/models/failure';
import type { CallOptions } from '../../../src/models/model';
import { startClaudeServer, type ClaudeServer, type ClaudeServerOptions } from '../../servers/claude/server';
import { cloudChat, collect, never, OPTIONS, type Collected } from './asking';

let server: ClaudeServer;
const start = async (options: ClaudeServerOptions = {}): Promise<ClaudeProvider> => {
  server = await startClaudeServer(options);
  return new ClaudeProvider({ baseURL: server.url, apiKey: () => Promise.resolve('sk-ant-test') });
};
afterEach(() => server.close());

describe('a chat with Claude', () => {
  it('streams the text and ends with the figures of the API', async () => {
    const claude = await start({ answer: () => 'It adds two numbers.' });
    const call = claude.cloud('claude-haiku-5-5').chat(cloudChat('Explain.'), OPTIONS, never());
    const answer = await collect(call);
    expect(answer.text).toBe('It adds two numbers.');
    expect(answer.end).toMatchObject({ finish: 'stop', usage: { outputTokens: 6, estimated: false } });
    expect(server.bill.items).toMatchObject([{ ended: true, usage: { output_tokens: 6 } }]);
  });
});

const call = (
  claude: ClaudeProvider,
  options: Partial<CallOptions> = {},
  model = 'claude-haiku-5-5',
): Promise<Collected> =>
  collect(claude.cloud(model).chat(cloudChat('Explain add.'), { ...OPTIONS, ...options }, never()));
const body = (): Record<string, unknown> => server.requests.at(-1)?.body as Record<string, unknown>;

describe('what is sent to Claude', () => {
  it('goes to the given address with the key as a bearer, and carries no trace of others', async () => {
    await call(await start());
    const request = server.requests[0];
    expect(request?.headers.authorization).toBe('Bearer sk-ant-test');
    expect(request?.headers['traceparent']).toBeUndefined();
    expect(body()).toMatchObject({ model: 'claude-haiku-5-5', max_tokens: 256, stream: true });
    expect(body()).not.toHaveProperty('temperature');
  });

  it('ignores what the environment says about addresses and keys', async () => {
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'sk-ant-other');
    const answer = await call(await start());
    vi.unstubAllEnvs();
    expect(answer.end?.finish).toBe('stop');
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-ant-test');
  });

  it.each([
    ['claude-haiku-5-5', 'low', { type: 'disabled' }],
    ['claude-haiku-5-5', 'medium', undefined],
    ['claude-sonnet-5-5', 'low', { type: 'between_tools' }],
    ['claude-sonnet-5-5', 'high', undefined],
    ['claude-opus-5-5', 'low', undefined],
  ] as const)('%s at %s effort thinks as it may', async (model, effort, thinking) => {
    const answer = await call(await start(), { effort }, model);
    expect(answer.error).toBeUndefined();
    expect(body()['thinking']).toEqual(thinking);
    expect(body()['output_config']).toEqual({ effort });
  });

  it('thinking is counted as output, and told apart', async () => {
    const claude = await start({ answer: () => ({ text: 'It adds.', thinking: 'Two numbers go in.' }) });
    const answer = await call(claude, { effort: 'high' }, 'claude-sonnet-5-5');
    expect(answer.text).toBe('It adds.');
    expect(answer.end?.usage.thinkingTokens).toBeGreaterThan(3);
    expect(answer.end?.usage.outputTokens).toBeGreaterThan(answer.end?.usage.thinkingTokens ?? 0);
  });

  it('without a key nothing is sent', async () => {
    server = await startClaudeServer();
    const claude = new ClaudeProvider({ baseURL: server.url, apiKey: () => Promise.resolve(undefined) });
    expect((await call(claude)).error?.kind).toBe('no-key');
    expect(server.requests).toHaveLength(0);
  });
});

describe('how an answer ends', () => {
  it.each([
    ['refusal', 'refusal'],
    ['context-full', 'length'],
    ['stop', 'stop'],
  ] as const)('%s is %s', async (finish, expected) => {
    const claude = await start({ answer: () => ({ text: 'I', finish }) });
    expect((await call(claude)).end?.finish).toBe(expected);
  });
  it('the output limit is a cut', async () => {
    const claude = await start({ answer: () => 'one two three four' });
    expect((await call(claude, { maxOutputTokens: 2 })).end?.finish).toBe('length');
  });
});

describe('the prompt cache', () => {
  const LIBRARY = 'export const value = 1;\n'.repeat(1500);
  const FILE = 'export const value = 1;\n'.repeat(200);
  const ask = (claude: ClaudeProvider, stable: string, question: string): Promise<Collected> =>
    collect(claude.cloud('claude-sonnet-5-5').chat(cloudChat(question, stable), OPTIONS, never()));

  it('is written by the first question over many files, and read by the next', async () => {
    let time = 0;
    const claude = await start({ clock: () => time });
    const first = (await ask(claude, LIBRARY, 'What is it?')).end?.usage;
    const second = (await ask(claude, LIBRARY, 'And why?')).end?.usage;
    expect(first).toMatchObject({ cacheReadTokens: 0, cacheWrite1hTokens: 0 });
    expect(first?.cacheWrite5mTokens).toBeGreaterThan(512);
    expect(second).toMatchObject({ cacheReadTokens: first?.cacheWrite5mTokens, cacheWrite5mTokens: 0 });
    time += 6 * 60_000;
    expect((await ask(claude, LIBRARY, 'Later?')).end?.usage.cacheReadTokens).toBe(0);
  });
  it('a single file is written only when it is sent a second time, since most are not', async () => {
    const claude = await start();
    const usages = [];
    for (const wish of ['Rename it.', 'Make it a function.', 'Now test it.'])
      usages.push((await ask(claude, FILE, wish)).end?.usage);
    expect(usages[0]).toMatchObject({ cacheReadTokens: 0, cacheWrite5mTokens: 0 });
    expect(usages[1]?.cacheWrite5mTokens).toBeGreaterThan(512);
    expect(usages[2]).toMatchObject({ cacheReadTokens: usages[1]?.cacheWrite5mTokens });
  });
  it('is left alone for prompts too short to be cached', async () => {
    await ask(await start(), 'short', 'What is it?');
    expect(JSON.stringify(body())).not.toContain('cache_control');
  });
});

describe('what goes wrong at Claude has a name', () => {
  const CASES: readonly [number, string | undefined, FailureKind][] = [
    [400, 'prompt is too long: 1000001 tokens > 1000000 maximum', 'context-too-long'],
    [400, 'Your credit balance is too low to access the API', 'no-credit'],
    [400, 'messages: something', 'invalid-request'],
    [401, undefined, 'bad-key'],
    [402, undefined, 'no-credit'],
    [403, undefined, 'forbidden'],
    [404, undefined, 'model-missing'],
    [413, undefined, 'context-too-long'],
    [429, undefined, 'spend-limit'],
    [429, 'enforced_spend_limit_reached', 'spend-limit'],
    [500, undefined, 'server'],
    [504, undefined, 'server'],
    [529, undefined, 'overloaded'],
  ];
  it.each(CASES)('%i %s is %s', async (status, error, kind) => {
    const claude = await start();
    server.faults.next({ kind: 'status', status, ...(error === undefined ? {} : { error }) });
    const answer = await call(claude);
    expect(answer.error).toMatchObject({ kind, detail: { status, providerRequestId: 'req_00000001' } });
    expect(answer.error?.message).not.toContain('Explain add');
    expect(server.requests).toHaveLength(1);
  });
  it('overload in mid-stream is overload, with the usage so far as an estimate', async () => {
    const claude = await start({ answer: () => 'one two three four five' });
    server.faults.next({ kind: 'error-mid', error: 'overloaded_error' });
    const answer = await call(claude);
    expect(answer.error).toMatchObject({ kind: 'overloaded', detail: { usage: { estimated: true } } });
    expect(server.requests).toHaveLength(1);
  });
  it('a type that is not made like one of Claude’s is not repeated to the user', () => {
    const body = { type: 'error', error: { type: 'what_you_asked_me_about', message: 'no' } };
    const failure = claudeFailure(APIError.generate(500, body, undefined, new Headers()), 0);
    expect(failure.kind).toBe('server');
    expect(failure.message).toBe('Claude failed on its side. (500)');
  });
  it('a short wait that the API asks for is waited once', async () => {
    const claude = await start();
    server.faults.next({ kind: 'status', status: 429, retryAfterS: 0.01 });
    expect((await call(claude)).end?.finish).toBe('stop');
    server.faults.next({ kind: 'status', status: 529, retryAfterS: 0.01 }, 2);
    expect((await call(claude)).error?.kind).toBe('overloaded');
    expect(server.requests).toHaveLength(4);
  });
});

describe('setting Claude up', () => {
  it('a good key passes its test, a bad one does not, and the message does not repeat it', async () => {
    const claude = await start();
    expect(await claude.testKey('sk-ant-good')).toEqual({ ok: true });
    const test = await claude.testKey('wrong-key');
    expect(test).toMatchObject({ ok: false, error: { kind: 'bad-key' } });
    expect(test.ok ? '' : `${test.error.message} ${String(test.error.stack)}`).not.toContain('wrong-key');
  });
  it('models come from the API, with the date they retire', async () => {
    const models = await (await start()).list();
    expect(models.map(({ ref }) => ref.id)).toContain('claude-sonnet-5-5');
    expect(models.find(({ ref }) => ref.id === 'claude-sonnet-4-5')?.retiresAt).toBe('2026-11-30T00:00:00Z');
  });
  it('the defaults are offered while the API does not answer', async () => {
    const claude = await start();
    server.faults.always({ kind: 'status', status: 500 });
    expect((await claude.listOrDefaults()).map(({ ref }) => ref.id)).toEqual([
      'claude-sonnet-5-5',
      'claude-haiku-5-5',
    ]);
  });
  it('probing tells a missing key, a bad key and a dead network apart', async () => {
    const claude = await start({ accepts: () => false });
    expect(await claude.probe()).toMatchObject({ kind: 'unconfigured' });
    await server.refuse();
    expect(await claude.probe()).toMatchObject({ kind: 'down' });
    const keyless = new ClaudeProvider({ apiKey: () => Promise.resolve(undefined) });
    expect(await keyless.probe()).toMatchObject({ kind: 'unconfigured' });
  });
});
