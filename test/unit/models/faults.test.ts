import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { FailureKind } from '../../../src/models/failure';
import type { CallOptions, ModelEvent } from '../../../src/models/model';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { OpenAIProvider } from '../../../src/models/openai/provider';
import { startClaudeServer } from '../../servers/claude/server';
import type { Fault, Faults } from '../../servers/faults';
import type { HttpServer } from '../../servers/http';
import { startOllamaServer } from '../../servers/ollama/server';
import { startOpenAIServer } from '../../servers/openai/server';
import { HandClock } from '../routing/a-clock';
import { chat, cloudChat, collect, never, OPTIONS, type Collected } from './asking';

const ANSWER =
  'The function adds its two arguments and returns the sum, and nothing else happens on the way.';
/** By the clock of the test: nothing runs out unless the test lets time go by. */
const LIMITED: CallOptions = {
  maxOutputTokens: 64,
  deadline: { firstTokenMs: 1000, idleMs: 300, totalMs: 5000 },
};

interface Track {
  readonly server: HttpServer & { readonly faults: Faults };
  readonly clock: HandClock;
  readonly ask: (options: CallOptions, signal: AbortSignal) => AsyncIterable<ModelEvent>;
}

const TRACKS: Readonly<Record<string, () => Promise<Track>>> = {
  async Ollama() {
    const clock = new HandClock();
    const server = await startOllamaServer({ answer: () => ANSWER });
    const model = new OllamaProvider({ host: server.url }, clock).local('llama3.2:3b');
    if (model === undefined) throw new Error('no model');
    // The question about the model's place is not what goes wrong here.
    await collect(model.chat(chat('Hello'), OPTIONS, never()));
    return { server, clock, ask: (options, signal) => model.chat(chat('Explain add.'), options, signal) };
  },
  async Claude() {
    const clock = new HandClock();
    const server = await startClaudeServer({ answer: () => ANSWER });
    const model = new ClaudeProvider(
      {
        baseURL: server.url,
        apiKey: () => Promise.resolve('sk-ant-test'),
      },
      clock,
    ).cloud('claude-haiku-5-5');
    return {
      server,
      clock,
      ask: (options, signal) => model.chat(cloudChat('Explain add.'), options, signal),
    };
  },
  async 'an OpenAI-compatible server'() {
    const clock = new HandClock();
    const server = await startOpenAIServer({ answer: () => ANSWER, models: ['qwen'] });
    const model = new OpenAIProvider(
      {
        name: 'llama.cpp',
        baseURL: `${server.url}/v1`,
        apiKey: () => Promise.resolve(undefined),
      },
      clock,
    ).local('qwen');
    if (model === undefined) throw new Error('no model');
    return { server, clock, ask: (options, signal) => model.chat(chat('Explain add.'), options, signal) };
  },
};

describe.each(Object.entries(TRACKS))('%s on a bad day', (name, start) => {
  let track: Track;
  beforeEach(async () => {
    track = await start();
  });
  afterEach(() => track.server.close());

  const struckBy = (fault: Fault, options = LIMITED): Promise<Collected> => {
    track.server.faults.next(fault);
    return collect(track.ask(options, never()));
  };
  const failsWith = async (fault: Fault, kind: FailureKind): Promise<Collected> => {
    const answer = await struckBy(fault);
    expect(answer.error?.kind).toBe(kind);
    expect(answer.error?.message).not.toContain('Explain add');
    expect(ANSWER.startsWith(answer.text)).toBe(true);
    await track.server.settled();
    return answer;
  };

  it('a refused connection is "unreachable", and nothing was used', async () => {
    await track.server.refuse();
    const answer = await collect(track.ask(LIMITED, never()));
    expect(answer.error?.kind).toBe('unreachable');
    expect(answer.error?.detail.usage?.outputTokens ?? 0).toBe(0);
    await track.server.listenAgain();
    expect((await collect(track.ask(OPTIONS, never()))).text).toBe(ANSWER);
  });
  it('a reset connection is "unreachable"', () => failsWith({ kind: 'reset' }, 'unreachable'));
  it('headers that come late, but in time, do no harm', async () => {
    expect((await struckBy({ kind: 'slow-headers', ms: 50 }, OPTIONS)).text).toBe(ANSWER);
  });
  it('a body that trickles is read to its end', async () => {
    expect((await struckBy({ kind: 'slow-body', ms: 5 }, OPTIONS)).text).toBe(ANSWER);
  });
  it('silence before the first token is a timeout', async () => {
    track.server.faults.next({ kind: 'hang-before' });
    const answer = collect(track.ask(LIMITED, never()));
    await vi.waitUntil(() => track.server.open() === 1);
    await track.clock.turn(LIMITED.deadline.firstTokenMs);
    expect(await answer).toMatchObject({ text: '', error: { kind: 'timeout' } });
    await track.server.settled();
    expect(track.server.requests.at(-1)?.state).toBe('closed-by-client');
  });
  it('silence in mid-stream is a timeout, with the text so far', async () => {
    track.server.faults.next({ kind: 'hang-mid' });
    const pieces: string[] = [];
    const answer = collect(track.ask(LIMITED, never()), (piece) => pieces.push(piece));
    await vi.waitUntil(() => pieces.length === 1);
    await track.clock.turn(LIMITED.deadline.idleMs);
    expect(await answer).toMatchObject({ text: 'The', error: { kind: 'timeout' } });
    await track.server.settled();
    expect(track.server.requests.at(-1)?.state).toBe('closed-by-client');
  });
  it('an answer that trickles without end runs into the total deadline', async () => {
    track.server.faults.next({ kind: 'slow-body', ms: 20 });
    const { idleMs, totalMs } = LIMITED.deadline;
    const started = track.clock.monotonic();
    // Each piece comes well within the silence that is allowed; all of them together take too long.
    const answer = await collect(track.ask(LIMITED, never()), () => void track.clock.turn(idleMs - 1));
    expect(answer.error).toMatchObject({
      kind: 'timeout',
      detail: { timings: { totalMs: expect.any(Number) as number } },
    });
    expect(track.clock.monotonic() - started).toBeGreaterThanOrEqual(totalMs);
    await track.server.settled();
  });
  it('a cut after half a line keeps the text so far', async () => {
    const answer = await struckBy({ kind: 'cut' });
    expect(['protocol', 'unreachable']).toContain(answer.error?.kind);
    expect(answer.text).toBe('The');
  });
  it('a stream that ends without its last event is a protocol error', () =>
    failsWith({ kind: 'no-end' }, 'protocol'));
  it('invalid JSON is a protocol error', () => failsWith({ kind: 'bad-json' }, 'protocol'));
  it('a web page in place of a stream is a protocol error', () =>
    failsWith({ kind: 'wrong-type' }, 'protocol'));
  it('an error event in mid-stream ends the call', async () => {
    const answer = await struckBy({ kind: 'error-mid' });
    expect(['server', 'overloaded']).toContain(answer.error?.kind);
    expect(answer.text).toBe('The');
  });
  it('events that come twice do not double the text', async () => {
    const answer = await struckBy({ kind: 'duplicate' }, OPTIONS);
    expect(answer.text).toBe(ANSWER);
    expect(answer.end?.usage.estimated).toBe(false);
  });
  it('swapped pieces of text end somehow, and the next call works', async () => {
    const answer = await struckBy({ kind: 'reorder' });
    expect(answer.error?.kind ?? answer.end?.finish).toMatch(/protocol|stop/);
    expect((await collect(track.ask(OPTIONS, never()))).text).toBe(ANSWER);
  });
  it('an endless answer is cut at the limit, and its connection closed', async () => {
    const answer = await struckBy({ kind: 'endless' }, { ...OPTIONS, maxOutputTokens: 100 });
    expect(answer.end).toMatchObject({ finish: 'length', usage: { estimated: true } });
    expect(answer.text.length).toBeLessThan(100 * 16 + 1100);
    await track.server.settled();
    expect(track.server.requests.at(-1)?.state).toBe('closed-by-client');
  });
  it('a line of ten megabytes is given up early', async () => {
    const before = process.memoryUsage().arrayBuffers;
    await failsWith({ kind: 'long-line', bytes: 10_000_000 }, 'protocol');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(9_000_000);
  });
  it('bytes that are not UTF-8 are a protocol error', () => failsWith({ kind: 'bad-utf8' }, 'protocol'));
  it('a Retry-After of an hour is told, not waited for', async () => {
    const answer = await failsWith({ kind: 'status', status: 429, retryAfterS: 3600 }, 'rate-limited');
    expect(track.server.requests.filter(({ fault }) => fault === 'status')).toHaveLength(1);
    if (name !== 'Ollama') expect(answer.error?.detail.retryAfterMs).toBe(3_600_000);
  });
  it.each([400, 401, 403, 404, 408, 409, 413, 422, 429, 499, 500, 501, 502, 503, 504, 529])(
    'status %i is a named failure for which nothing is charged',
    async (status) => {
      const answer = await struckBy({ kind: 'status', status });
      expect(answer.error?.kind).not.toBe('protocol');
      expect(answer.error?.detail.status).toBe(status);
      if (name === 'Claude') expect(answer.error?.detail.usage).toBeUndefined();
    },
  );
});
