import { afterEach, expect, it } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { ModelRef } from '../../../src/models/model';
import { costUsd, priceOf } from '../../../src/models/prices';
import type { Usage } from '../../../src/models/usage';
import { startClaudeServer, type ClaudeServer } from '../../servers/claude/server';
import type { Fault } from '../../servers/faults';
import { seeded } from '../../servers/random';
import { cloudChat, collect, OPTIONS } from './asking';

let server: ClaudeServer;
afterEach(() => server.close());

const MODELS = ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5'];
const FAULTS: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'cut' },
  { kind: 'no-end' },
  { kind: 'bad-json' },
  { kind: 'wrong-type' },
  { kind: 'error-mid' },
  { kind: 'duplicate' },
  { kind: 'reorder' },
  { kind: 'reorder', at: 'end' },
  { kind: 'long-line', bytes: 2_000_000 },
  { kind: 'bad-utf8' },
  { kind: 'status', status: 529 },
  { kind: 'status', status: 429, retryAfterS: 3600 },
  { kind: 'slow-headers', ms: 2 },
];

const priced = (model: string, usage: Usage | undefined): number => {
  const ref: ModelRef = { provider: 'claude', id: model, place: 'cloud' };
  const price = priceOf(ref, Date.now());
  if (price === undefined) throw new Error('no price');
  return usage === undefined ? 0 : costUsd(usage, price);
};

it('what the client reckons equals what the server bills, to the cent; broken-off calls to a quarter', async () => {
  const draw = seeded(7);
  server = await startClaudeServer({
    answer: () => 'A sentence of an answer. '.repeat(1 + Math.floor(draw() * 30)),
  });
  server.faults.randomly({ share: 0.3, seed: 11, faults: FAULTS });
  const claude = new ClaudeProvider({ baseURL: server.url, apiKey: () => Promise.resolve('sk-ant-test') });
  const shared = 'function add(a, b) { return a + b; }\n'.repeat(400);
  let ended = 0;
  let aborted = 0;

  const one = async (number: number): Promise<void> => {
    const model = MODELS[number % MODELS.length] ?? '';
    const cancel = new AbortController();
    // A fifth of the calls is given up somewhere on the way, also when the last bytes may be under way already.
    let pieces = draw() < 0.2 ? Math.floor(draw() * 60) : Infinity;
    const prompt = cloudChat(
      `Question ${number}: ${'detail '.repeat(Math.floor(draw() * 400))}`,
      number % 3 === 0 ? shared : '',
    );
    const answer = await collect(claude.cloud(model).chat(prompt, OPTIONS, cancel.signal), () => {
      if ((pieces -= 1) <= 0) cancel.abort();
    });
    const usage = answer.end?.usage ?? answer.error?.detail.usage;
    if (usage?.estimated === false) ended += priced(model, usage);
    else aborted += priced(model, usage);
  };
  for (let number = 0; number < 240; number += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => one(number + index)));
  }
  await server.settled();

  expect(server.bill.endedUsd).toBeGreaterThan(0.1);
  expect(ended).toBeCloseTo(server.bill.endedUsd, 6);
  expect(server.bill.abortedUsd).toBeGreaterThan(0.01);
  expect(Math.abs(aborted - server.bill.abortedUsd) / server.bill.abortedUsd).toBeLessThan(0.25);
}, 60_000);

it('an answer that never ends is billed no further than it was allowed to go, on both sides', async () => {
  server = await startClaudeServer({ answer: () => 'And so on. ' });
  server.faults.next({ kind: 'endless' });
  const claude = new ClaudeProvider({ baseURL: server.url, apiKey: () => Promise.resolve('sk-ant-test') });
  const options = { ...OPTIONS, maxOutputTokens: 50 };
  const answer = await collect(
    claude.cloud('claude-haiku-5-5').chat(cloudChat('Go on.'), options, new AbortController().signal),
  );
  await server.settled();
  expect(answer.end?.usage).toMatchObject({ outputTokens: 50, estimated: true });
  expect(server.bill.items.map(({ usage }) => usage.output_tokens)).toEqual([50]);
});
