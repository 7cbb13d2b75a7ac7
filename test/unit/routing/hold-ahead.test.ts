import { describe, expect, test } from 'vitest';
import { mintCloudText } from '../../../src/privacy/cloud-text';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { CloudPrompt, YardRequest } from '../../../src/routing/request';
import { aRequest, aYard, CLOUD_PROMPT, type TestYard } from './a-yard';
import { settled } from './a-clock';
import { someFeatures } from './a-world';

const OK: CloudPrompt = { ok: true, prompt: CLOUD_PROMPT, report: NOTHING_TO_REPORT };

/** A question whose prompt a cloud would get in 100 tokens, and a gate that opens when told. */
function atTheGate(): { readonly request: YardRequest; readonly open: (prompt: CloudPrompt) => void } {
  let resolve = (_prompt: CloudPrompt): void => undefined;
  const cloud = (): Promise<CloudPrompt> => new Promise((open) => (resolve = open));
  const features = someFeatures({ cloudPromptTokens: 100 });
  const request = aRequest('ask', { features, prompts: { ...aRequest('ask').prompts, cloud } });
  return { request, open: (prompt) => resolve(prompt) };
}

const EXPECTED = { usd: 0.0051 };
const holds = (it: TestYard): readonly object[] => it.budget.held;

describe('while the privacy gate reads the prompt', () => {
  test('the budget already holds what the decision expected', async () => {
    const it = aYard();
    const { request, open } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    expect(holds(it)).toMatchObject([{ ...EXPECTED, settled: [] }]);
    open(OK);
    expect((await ticket.outcome).result).toMatchObject({ kind: 'answered' });
    expect(holds(it)).toMatchObject([{ settled: [0.00011] }]);
  });

  test('the model fetches what its call will need, and is sent nothing', async () => {
    const it = aYard();
    it.yard.submit(atTheGate().request);
    await settled();
    expect(it.large).toMatchObject({ prepared: 1, calls: [] });
  });

  test('no key is fetched for a cloud that may get nothing', async () => {
    const it = aYard({ offline: true });
    it.yard.submit({ ...atTheGate().request, override: 'cloud' });
    await settled();
    expect(it.large.prepared + it.small.prepared).toBe(0);
  });

  test('nothing is held where the decision knew only the local prompt', async () => {
    const it = aYard();
    const { request } = atTheGate();
    it.yard.submit({ ...request, features: someFeatures() });
    await settled();
    expect(holds(it)).toEqual([]);
  });

  test('a prompt that comes out longer is held anew, and the first given back', async () => {
    const it = aYard();
    const { request, open } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    const turns = [{ role: 'user' as const, parts: [{ text: mintCloudText('c'.repeat(2_900)) }] }];
    open({ ...OK, prompt: { system: [], turns } });
    await ticket.outcome;
    expect(holds(it)).toMatchObject([
      { ...EXPECTED, settled: [0] },
      { usd: 0.006, settled: [0.00011] },
    ]);
  });

  test('what the gate keeps back gives the reservation back', async () => {
    const it = aYard();
    const { request, open } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    open({ ok: false, rule: 'denied-file', report: NOTHING_TO_REPORT });
    expect((await ticket.outcome).result).toEqual({ kind: 'refused', rule: 'privacy' });
    await settled();
    expect(holds(it)).toMatchObject([{ settled: [0] }]);
  });

  test('nothing stays held through a preview that is being read', async () => {
    const it = aYard();
    const { request, open } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    await it.clock.turn(1_000);
    await settled();
    expect(holds(it)).toMatchObject([{ settled: [0] }]);
    open(OK);
    await ticket.outcome;
    expect(holds(it)).toMatchObject([{ settled: [0] }, { settled: [0.00011] }]);
  });

  test('a request that is cancelled gives the reservation back', async () => {
    const it = aYard();
    const { request } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    ticket.cancel();
    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
    await settled();
    expect(holds(it)).toMatchObject([{ settled: [0] }]);
  });

  test('a cap that is reached is asked about once, after the gate', async () => {
    const asked: string[] = [];
    const it = aYard(
      {},
      {
        askOverCap: ({ cap }) => {
          asked.push(cap);
          return Promise.resolve('allow-once' as const);
        },
      },
    );
    it.budget.level = 'capped';
    const { request, open } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    expect(asked).toEqual([]);
    open(OK);
    expect((await ticket.outcome).result).toMatchObject({ kind: 'answered' });
    expect(asked).toEqual(['day']);
  });

  test('a budget that cannot be read stops the request after the gate, as ever', async () => {
    const it = aYard();
    it.budget.reserve = () => Promise.reject(new Error('disk'));
    const { request, open } = atTheGate();
    const ticket = it.yard.submit(request);
    await settled();
    open(OK);
    expect((await ticket.outcome).result).toMatchObject({ rule: 'budget-cap' });
  });
});
