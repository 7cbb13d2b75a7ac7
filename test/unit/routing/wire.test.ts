import { state } from 'callbag-recharge';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { ModelRef } from '../../../src/models/model';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { costUsd, priceOf } from '../../../src/models/prices';
import { createYard } from '../../../src/routing/create-yard';
import { createHealth, type Health } from '../../../src/routing/health/health';
import type { Outcome } from '../../../src/routing/outcome';
import type { Yard } from '../../../src/routing/yard';
import { startClaudeServer, type ClaudeServer } from '../../servers/claude/server';
import type { Answerer } from '../../servers/question';
import { startOllamaServer, type OllamaServer } from '../../servers/ollama/server';
import { HandClock } from './a-clock';
import { aPolicy } from './a-world';
import { aRequest, FakeBudget } from './a-yard';

const CODER: ModelRef = { provider: 'ollama', id: 'qwen2.5-coder:1.5b', place: 'local' };
const CHAT: ModelRef = { provider: 'ollama', id: 'llama3.2:3b', place: 'local' };
const HAIKU: ModelRef = { provider: 'claude', id: 'claude-haiku-5-5', place: 'cloud' };
const SONNET: ModelRef = { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' };
const MODELS = { complete: CODER, explain: CHAT, cloudSmall: HAIKU, cloudRefactor: SONNET, cloudAsk: SONNET };

let ollama: OllamaServer;
let claude: ClaudeServer;
let yard: Yard;
let health: Health;
let clock: HandClock;
let budget: FakeBudget;
let sure: number;

const answer: Answerer = () => ({ text: 'It sorts the users by their names. '.repeat(3), logprob: sure });

beforeEach(async () => {
  sure = -0.05;
  clock = new HandClock();
  budget = new FakeBudget();
  ollama = await startOllamaServer({ answer, firstTokenMs: 0, tokenMs: 1 });
  claude = await startClaudeServer({ answer, firstTokenMs: 0, tokenMs: 1 });
  const local = new OllamaProvider({ host: ollama.url }, clock);
  const key = (): Promise<string> => Promise.resolve('sk-ant-test');
  const cloud = new ClaudeProvider({ baseURL: claude.url, apiKey: key }, clock);
  health = createHealth({
    clock,
    probe: ({ place }) => (place === 'local' ? local.probe() : cloud.probe()),
  });
  yard = createYard({
    clock,
    policy: state(aPolicy({ models: MODELS, thresholds: { explain: 0.5 } })),
    directory: { local: ({ id }) => local.local(id), cloud: ({ id }) => cloud.cloud(id) },
    health,
    budget,
    price: (model, usage) => {
      const price = priceOf(model, Date.UTC(2026, 10, 23));
      return price === undefined ? undefined : costUsd(usage, price);
    },
  });
});

afterEach(async () => {
  yard.dispose();
  health.dispose();
  await Promise.all([ollama.close(), claude.close()]);
});

const ask = (task: 'explain' | 'refactor' | 'complete'): Promise<Outcome> =>
  yard.submit(aRequest(task)).outcome;
const settledUsd = (): number =>
  budget.held.flatMap((entry) => entry.settled).reduce((sum, usd) => sum + usd, 0);

test('an explanation stays on this machine while the model is sure of itself', async () => {
  expect((await ask('explain')).result).toEqual({ kind: 'answered', track: 'local' });
  expect(claude.requests).toHaveLength(0);
});

test('an unsure one escalates, and what was settled is what Claude billed', async () => {
  sure = -2.5;
  const { result, attempts } = await ask('explain');
  expect(result).toEqual({ kind: 'answered', track: 'cloud' });
  expect(attempts.map((attempt) => attempt.role)).toEqual(['first', 'escalation']);
  expect(settledUsd()).toBeGreaterThan(0);
  expect(settledUsd()).toBeCloseTo(claude.bill.endedUsd, 9);
});

test('with Ollama gone the cloud answers; while it is down nobody waits; it serves again after one probe', async () => {
  await ollama.refuse();
  for (let count = 0; count < 3; count += 1) {
    expect((await ask('explain')).attempts.map((attempt) => attempt.role)).toEqual(['first', 'fallback']);
  }
  expect((await ask('explain')).attempts.map((attempt) => attempt.track)).toEqual(['cloud']);
  await ollama.listenAgain();
  await clock.turn(15_000);
  await vi.waitUntil(() => health.of(CHAT).kind === 'up');
  expect((await ask('explain')).result).toEqual({ kind: 'answered', track: 'local' });
});

test('with Claude gone refactorings run here and do not wait for it; it serves again after one probe', async () => {
  claude.faults.always({ kind: 'status', status: 529, error: 'overloaded_error' });
  for (let count = 0; count < 3; count += 1) {
    expect((await ask('refactor')).attempts.map((attempt) => attempt.track)).toEqual(['cloud', 'local']);
  }
  const asked = claude.requests.length;
  expect((await ask('refactor')).attempts.map((attempt) => attempt.track)).toEqual(['local']);
  expect(claude.requests).toHaveLength(asked);
  claude.faults.clear();
  await clock.turn(15_000);
  await vi.waitUntil(() => health.of(SONNET).kind === 'up', 20_000);
  expect((await ask('refactor')).result).toEqual({ kind: 'answered', track: 'cloud' });
});

test('an answer of Claude that breaks off is not asked for again', async () => {
  claude.faults.next({ kind: 'cut' });
  const { result } = await ask('refactor');
  expect(result.kind).toBe('failed');
  expect(claude.requests).toHaveLength(1);
  expect(claude.bill.items).toHaveLength(1);
});

test('with Claude overloaded a refactoring runs on this machine, marked as forced', async () => {
  claude.faults.always({ kind: 'status', status: 529, error: 'overloaded_error' });
  const { result, decision } = await ask('refactor');
  expect(result).toEqual({ kind: 'answered', track: 'local' });
  expect(decision).toMatchObject({ forced: 'cloud-down' });
  expect(settledUsd()).toBe(0);
});

test('how long Claude asks to wait is passed on', async () => {
  claude.faults.always({ kind: 'status', status: 429, error: 'rate_limit_error', retryAfterS: 40 });
  const { result } = await yard.submit(aRequest('refactor', { override: 'cloud' })).outcome;
  expect(result).toMatchObject({ kind: 'failed', failure: 'rate-limited', retryAfterMs: 40_000 });
});

test.each(['explain', 'refactor'] as const)(
  'a cancelled request (%s) is closed at the server',
  async (task) => {
    const server = task === 'explain' ? ollama : claude;
    server.faults.always({ kind: 'hang-before' });
    const ticket = yard.submit(aRequest(task));
    await vi.waitUntil(() => server.open() === 1);
    ticket.cancel();
    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
    await server.settled();
    expect(server.requests.at(-1)?.state).toBe('closed-by-client');
  },
);

test('a newer completion closes the connection of the one before it', async () => {
  ollama.faults.next({ kind: 'hang-mid' }, 1, (request) => request.path === '/api/generate');
  const stale = yard.submit(aRequest('complete'));
  for await (const event of stale.events) if (event.type === 'text') break;
  const fresh = yard.submit(aRequest('complete'));
  expect((await stale.outcome).result).toEqual({ kind: 'cancelled' });
  expect((await fresh.outcome).result).toEqual({ kind: 'answered', track: 'local' });
  await ollama.settled();
  const calls = ollama.requests.filter((request) => request.path === '/api/generate');
  expect(calls.map((call) => call.state)).toEqual(['closed-by-client', 'ended']);
});

test('stopping Claude in mid-stream settles about what it billed', async () => {
  claude.faults.next({ kind: 'hang-mid' });
  const ticket = yard.submit(aRequest('refactor'));
  for await (const event of ticket.events) if (event.type === 'text') break;
  ticket.cancel();
  const { attempts } = await ticket.outcome;
  expect(attempts[0]?.usage).toMatchObject({ estimated: true });
  await claude.settled();
  expect(settledUsd()).toBeGreaterThan(0);
  expect(Math.abs(settledUsd() / claude.bill.abortedUsd - 1)).toBeLessThan(0.25);
});
