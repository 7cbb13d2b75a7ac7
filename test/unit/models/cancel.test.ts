import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getEventListeners } from 'node:events';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { ModelEvent } from '../../../src/models/model';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { OpenAIProvider } from '../../../src/models/openai/provider';
import { startClaudeServer } from '../../servers/claude/server';
import type { HttpServer } from '../../servers/http';
import { startOllamaServer } from '../../servers/ollama/server';
import { startOpenAIServer } from '../../servers/openai/server';
import { HandClock } from '../routing/a-clock';
import { chat, cloudChat, collect, never, OPTIONS } from './asking';

const LONG = 'word '.repeat(5000);

interface Track {
  readonly server: HttpServer;
  readonly clock: HandClock;
  readonly ask: (signal: AbortSignal) => AsyncIterable<ModelEvent>;
}

const OPEN_ENDED = { ...OPTIONS, maxOutputTokens: 10_000 };

const TRACKS: Readonly<Record<string, (firstTokenMs: number, answer?: string) => Promise<Track>>> = {
  async Ollama(firstTokenMs, answer = LONG) {
    const clock = new HandClock();
    const server = await startOllamaServer({ answer: () => answer, firstTokenMs, tokenMs: 1 });
    const ollama = new OllamaProvider({ host: server.url }, clock);
    await ollama.list();
    const model = ollama.local('llama3.2:3b');
    if (model === undefined) throw new Error('no model');
    return { server, clock, ask: (signal) => model.chat(chat('Explain.'), OPEN_ENDED, signal) };
  },
  async Claude(firstTokenMs, answer = LONG) {
    const clock = new HandClock();
    const server = await startClaudeServer({ answer: () => answer, firstTokenMs, tokenMs: 1 });
    const claude = new ClaudeProvider(
      { baseURL: server.url, apiKey: () => Promise.resolve('sk-ant-test') },
      clock,
    );
    const model = claude.cloud('claude-haiku-5-5');
    return { server, clock, ask: (signal) => model.chat(cloudChat('Explain.'), OPEN_ENDED, signal) };
  },
  async 'an OpenAI-compatible server'(firstTokenMs, answer = LONG) {
    const clock = new HandClock();
    const server = await startOpenAIServer({
      answer: () => answer,
      models: ['qwen'],
      firstTokenMs,
      tokenMs: 1,
    });
    const settings = { name: 'here', baseURL: `${server.url}/v1`, apiKey: () => Promise.resolve(undefined) };
    const model = new OpenAIProvider(settings, clock).local('qwen');
    if (model === undefined) throw new Error('no model');
    return { server, clock, ask: (signal) => model.chat(chat('Explain.'), OPEN_ENDED, signal) };
  },
};

const FOREVER = 100_000_000;

describe.each(Object.entries(TRACKS))('cancelling a call to %s', (_name, start) => {
  let track: Track;
  const begin = async (firstTokenMs = 0): Promise<void> => {
    track = await start(firstTokenMs);
  };
  beforeEach(() => begin());
  afterEach(() => track.server.close());
  const lastState = async (): Promise<string | undefined> => {
    await track.server.settled();
    return track.server.requests.at(-1)?.state;
  };

  it('before the first token closes its connection', async () => {
    await track.server.close();
    await begin(FOREVER);
    const cancel = new AbortController();
    const answer = collect(track.ask(cancel.signal));
    await vi.waitUntil(() => track.server.open() === 1, { timeout: 10_000 });
    cancel.abort();
    expect((await answer).error?.kind).toBe('cancelled');
    expect(await lastState()).toBe('closed-by-client');
  });

  it('in mid-stream closes its connection, and says what was used', async () => {
    const cancel = new AbortController();
    let pieces = 0;
    const answer = await collect(track.ask(cancel.signal), () => {
      if ((pieces += 1) === 5) cancel.abort();
    });
    expect(answer.error).toMatchObject({ kind: 'cancelled', detail: { usage: { estimated: true } } });
    expect(answer.error?.detail.usage?.outputTokens).toBeGreaterThan(0);
    expect(await lastState()).toBe('closed-by-client');
  });

  it('by leaving the loop closes its connection', async () => {
    for await (const _event of track.ask(never())) break;
    expect(await lastState()).toBe('closed-by-client');
  });

  it('by leaving while a piece is awaited closes its connection', async () => {
    await track.server.close();
    await begin(FOREVER);
    const reader = track.ask(never())[Symbol.asyncIterator]();
    const piece = reader.next();
    await vi.waitUntil(() => track.server.open() === 1, { timeout: 10_000 });
    await reader.return?.();
    expect(await piece).toMatchObject({ done: true });
    expect(await lastState()).toBe('closed-by-client');
  });

  it('before it began sends nothing and has used nothing', async () => {
    const sent = track.server.requests.length;
    const answer = await collect(track.ask(AbortSignal.abort()));
    expect(answer.error?.kind).toBe('cancelled');
    expect(answer.error?.detail.usage).toBeUndefined();
    expect(track.server.requests).toHaveLength(sent);
  });

  it('leaves the other calls running', async () => {
    const cancel = new AbortController();
    const [first, other] = [track.ask(cancel.signal), track.ask(never())[Symbol.asyncIterator]()];
    const cancelled = collect(first, () => cancel.abort());
    expect((await cancelled).error?.kind).toBe('cancelled');
    expect(await other.next()).toMatchObject({ done: false, value: { type: 'text' } });
    expect(await other.next()).toMatchObject({ done: false, value: { type: 'text' } });
    await other.return?.();
  });

  it('is not needed for a call that ended: its connection serves the next one', async () => {
    await track.server.close();
    track = await start(0, 'Short.');
    for (let call = 0; call < 8; call += 1) {
      expect((await collect(track.ask(never()))).text).toBe('Short.');
      await track.server.settled();
    }
    // The next call may set out just before the last one's connection is back.
    expect(new Set(track.server.requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
  });

  it('leaves no listener on the signal and no timer behind', async () => {
    const { signal } = new AbortController();
    for (let call = 0; call < 3; call += 1) for await (const _event of track.ask(signal)) break;
    await track.server.settled();
    await vi.waitUntil(() => track.clock.pending === 0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
