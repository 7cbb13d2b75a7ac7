import { describe, expect, test } from 'vitest';
import { mintCloudText } from '../../../src/privacy/cloud-text';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { CloudPrompt } from '../../../src/routing/request';
import type { CapAnswer } from '../../../src/routing/yard-deps';
import { settled } from './a-clock';
import { aPolicy, someFeatures } from './a-world';
import { aRequest, aYard, CLOUD_PROMPT, eventsOf, never, story, type TestYard } from './a-yard';

describe('the privacy gate', () => {
  const blocked = (rule: 'denied-file' | 'declined-at-preview' | 'offline') => ({
    prompts: {
      ...aRequest('ask').prompts,
      cloud: (): Promise<CloudPrompt> => Promise.resolve({ ok: false, rule, report: NOTHING_TO_REPORT }),
    },
  });

  test.each([
    ['denied-file', 'privacy'],
    ['declined-at-preview', 'declined-at-preview'],
    ['offline', 'offline'],
  ] as const)('a prompt that may not leave (%s) ends the request as refused', async (rule, refusal) => {
    const it = aYard();
    const { result, attempts } = await it.yard.submit(aRequest('ask', blocked(rule))).outcome;
    expect(result).toEqual({ kind: 'refused', rule: refusal });
    expect(attempts).toEqual([]);
    expect(it.large.calls).toHaveLength(0);
    expect(it.budget.held).toEqual([]);
  });

  test('an escalation declined at the preview leaves the local answer', async () => {
    const it = aYard();
    it.chat.scripts = [{ logprob: -3 }];
    const ticket = it.yard.submit(aRequest('explain', blocked('declined-at-preview')));
    expect(story(await eventsOf(ticket))).toEqual([
      'local first',
      '"an "',
      '"answer"',
      'doubted',
      'answered by local',
    ]);
  });

  test('a request can be cancelled while the user looks at the preview', async () => {
    const it = aYard();
    const prompts = { ...aRequest('ask').prompts, cloud: () => never };
    const ticket = it.yard.submit(aRequest('ask', { prompts }));
    await settled();
    ticket.cancel();
    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  });

  test('a prompt that cannot be made fails the request without its text', async () => {
    const it = aYard();
    const prompts = {
      ...aRequest('ask').prompts,
      cloud: () => Promise.reject(new Error('const SECRET = 1')),
    };
    const outcome = await it.yard.submit(aRequest('ask', { prompts })).outcome;
    expect(outcome.result).toMatchObject({ kind: 'failed', failure: 'invalid-request' });
    expect(JSON.stringify(outcome)).not.toContain('SECRET');
  });
});

describe('the offline switch', () => {
  test('stops a cloud answer in mid-stream', async () => {
    const it = aYard();
    it.large.scripts = [{ hold: never }];
    const ticket = it.yard.submit(aRequest('ask'));
    await settled();
    it.policy.set(aPolicy({ offline: true }));
    const { result, attempts } = await ticket.outcome;
    expect(result).toEqual({ kind: 'refused', rule: 'offline' });
    expect(attempts).toMatchObject([{ end: { kind: 'cancelled' }, usage: { estimated: true } }]);
    expect(it.large.calls).toEqual([{ aborted: true, ended: false }]);
  });

  test('turned on during the preview, nothing is sent and nothing stays reserved', async () => {
    const it = aYard();
    let approve = (): void => undefined;
    const cloud = (): Promise<CloudPrompt> =>
      new Promise((resolve) => {
        approve = () => resolve({ ok: true, prompt: CLOUD_PROMPT, report: NOTHING_TO_REPORT });
      });
    const ticket = it.yard.submit(aRequest('ask', { prompts: { ...aRequest('ask').prompts, cloud } }));
    await settled();
    it.policy.set(aPolicy({ offline: true }));
    approve();
    expect((await ticket.outcome).result).toEqual({ kind: 'refused', rule: 'offline' });
    expect(it.large.calls).toHaveLength(0);
    expect(it.budget.held.map((entry) => entry.settled)).toEqual([[0]]);
  });

  test('leaves the local answer of an escalation it stops', async () => {
    const it = aYard();
    it.chat.scripts = [{ logprob: -3 }];
    it.small.scripts = [{ wait: never }];
    const ticket = it.yard.submit(aRequest('explain'));
    await settled();
    it.policy.set(aPolicy({ offline: true }));
    expect((await ticket.outcome).result).toEqual({ kind: 'answered', track: 'local' });
  });

  test('does not touch local requests', async () => {
    const it = aYard();
    it.chat.scripts = [{ wait: settled() }];
    const ticket = it.yard.submit(aRequest('explain'));
    it.policy.set(aPolicy({ offline: true }));
    expect((await ticket.outcome).result).toEqual({ kind: 'answered', track: 'local' });
  });
});

describe('the budget', () => {
  test('holds the estimate before sending and settles what it cost', async () => {
    const it = aYard();
    await it.yard.submit(aRequest('refactor')).outcome;
    expect(it.budget.held).toMatchObject([{ usd: 0.005001, settled: [0.00011] }]);
  });

  test('holds what the prompt that is sent will cost, however much shorter the local one was', async () => {
    const it = aYard();
    const prompt = {
      system: [{ text: mintCloudText('s'.repeat(29_000)) }],
      turns: [{ role: 'user' as const, parts: [{ text: mintCloudText('c'.repeat(116_000)) }] }],
    };
    const cloud = (): Promise<CloudPrompt> =>
      Promise.resolve({ ok: true, prompt, report: NOTHING_TO_REPORT });
    const features = someFeatures({ promptTokens: 3_061 });
    const request = aRequest('ask', { features, prompts: { ...aRequest('ask').prompts, cloud } });
    await it.yard.submit(request).outcome;
    // 145,000 characters are 50,000 tokens; 1,000 more are expected back.
    expect(it.budget.held).toMatchObject([{ usd: 0.055 }]);
  });

  test('settles an aborted call at what it used', async () => {
    const it = aYard();
    it.large.scripts = [{ hold: never }];
    const ticket = it.yard.submit(aRequest('refactor'));
    await settled();
    ticket.cancel();
    await ticket.outcome;
    expect(it.budget.held).toMatchObject([{ settled: [0.00011] }]);
  });

  test('settles a call that was never billed at nothing', async () => {
    const it = aYard();
    it.large.scripts = [{ fail: 'unreachable' }];
    await it.yard.submit(aRequest('refactor')).outcome;
    expect(it.budget.held).toMatchObject([{ settled: [0] }]);
  });

  const atCap = (answers: CapAnswer[], atCap: 'local' | 'stop' = 'local') => {
    const asked: string[] = [];
    const it = aYard(
      { atCap },
      {
        askOverCap: ({ requestId }) => {
          asked.push(requestId);
          return Promise.resolve(answers[asked.length - 1] ?? 'stop');
        },
      },
    );
    it.budget.level = 'capped';
    return { ...it, asked };
  };

  test('over the cap, the user may allow this one request', async () => {
    const it = atCap(['allow-once']);
    const { result } = await it.yard.submit(aRequest('ask')).outcome;
    expect(result).toEqual({ kind: 'answered', track: 'cloud' });
    expect(it.budget.held).toMatchObject([{ allowed: true, settled: [0.00011] }]);
  });

  test('over the cap, the user may stay local, and that saves nothing', async () => {
    const it = atCap(['local']);
    const { result, decision } = await it.yard.submit(aRequest('ask')).outcome;
    expect(result).toEqual({ kind: 'answered', track: 'local' });
    expect(decision).toMatchObject({ forced: 'cap' });
  });

  test('over the cap, the user may stop', async () => {
    const it = atCap(['stop']);
    expect((await it.yard.submit(aRequest('ask')).outcome).result).toEqual({
      kind: 'refused',
      rule: 'budget-cap',
    });
  });

  const submitting = (it: TestYard) => async (): Promise<string> => {
    const { result } = await it.yard.submit(aRequest('ask')).outcome;
    return result.kind === 'answered' ? result.track : result.kind;
  };

  test('the user is asked once; then the setting holds until the cap is changed', async () => {
    const it = atCap(['local', 'local'], 'stop');
    const submit = submitting(it);
    expect([await submit(), await submit()]).toEqual(['local', 'refused']);
    it.budget.dayCap = 2;
    expect([await submit(), await submit()]).toEqual(['local', 'refused']);
    expect(it.asked).toHaveLength(2);
  });

  test('a new day is a new question', async () => {
    const it = atCap(['local', 'local'], 'stop');
    const submit = submitting(it);
    expect([await submit(), await submit()]).toEqual(['local', 'refused']);
    await it.clock.turn(24 * 3_600_000);
    expect(await submit()).toBe('local');
    expect(it.asked).toHaveLength(2);
  });

  test('too large for what is left, the user is asked once as well', async () => {
    const it = atCap(['local', 'local'], 'stop');
    it.budget.level = 'warning';
    it.budget.left = 0.001;
    const submit = submitting(it);
    expect([await submit(), await submit(), await submit()]).toEqual(['local', 'refused', 'refused']);
    expect(it.asked).toHaveLength(1);
  });

  test('nobody is asked about an escalation: the local answer stands', async () => {
    const it = atCap([]);
    it.chat.scripts = [{ logprob: -3 }];
    expect((await it.yard.submit(aRequest('explain')).outcome).result).toEqual({
      kind: 'answered',
      track: 'local',
    });
    expect(it.asked).toEqual([]);
  });

  test('a request can be cancelled while the user is asked', async () => {
    const it = aYard({}, { askOverCap: () => never });
    it.budget.level = 'capped';
    const ticket = it.yard.submit(aRequest('ask'));
    await settled();
    ticket.cancel();
    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  });

  test('a reservation that arrives after a cancel is given back', async () => {
    const it = aYard();
    const reserve = it.budget.reserve.bind(it.budget);
    let letGo = (): void => undefined;
    it.budget.reserve = async (...args) => {
      await new Promise<void>((resolve) => (letGo = resolve));
      return reserve(...args);
    };
    const ticket = it.yard.submit(aRequest('ask'));
    await settled();
    ticket.cancel();
    await ticket.outcome;
    letGo();
    await settled();
    expect(it.budget.held).toMatchObject([{ settled: [0] }]);
  });

  test('a budget that cannot be read stops cloud requests where a cap is set', async () => {
    const it = aYard();
    it.budget.reserve = () => Promise.reject(new Error('disk'));
    expect((await it.yard.submit(aRequest('ask')).outcome).result).toMatchObject({ rule: 'budget-cap' });
    it.budget.level = 'none';
    expect((await it.yard.submit(aRequest('ask')).outcome).result).toMatchObject({ kind: 'answered' });
  });
});

describe('a cloud that fails', () => {
  test('is replaced by the local model where it was out of reach, marked as forced', async () => {
    const it = aYard();
    it.large.scripts = [{ fail: 'unreachable' }];
    const ticket = it.yard.submit(aRequest('refactor'));
    expect(story(await eventsOf(ticket))).toEqual([
      'cloud first',
      'failed',
      'fallback to coder:7b',
      'local fallback',
      '"an "',
      '"answer"',
      'answered',
      'answered by local',
    ]);
    expect((await ticket.outcome).decision).toMatchObject({ forced: 'cloud-down' });
  });

  test('is asked once only: what broke off in mid-stream may have been billed', async () => {
    const it = aYard();
    it.large.scripts = [{ hold: settled(), fail: 'protocol' }];
    const { result } = await it.yard.submit(aRequest('refactor')).outcome;
    expect(result).toMatchObject({ kind: 'failed', failure: 'protocol' });
    expect(it.large.calls).toHaveLength(1);
    expect(it.chat.calls).toHaveLength(0);
  });

  test('is not replaced where the user asked for the cloud by name', async () => {
    const it = aYard();
    it.small.scripts = [{ fail: 'overloaded' }];
    const { result } = await it.yard.submit(aRequest('explain', { override: 'cloud' })).outcome;
    expect(result).toMatchObject({ kind: 'failed', failure: 'overloaded' });
  });

  test('is not asked when the local model fails while the switch is off', async () => {
    const it = aYard({ offline: true });
    it.chat.scripts = [{ fail: 'out-of-memory' }];
    const { result } = await it.yard.submit(aRequest('explain')).outcome;
    expect(result).toMatchObject({ kind: 'failed', failure: 'out-of-memory' });
    expect(it.small.calls).toHaveLength(0);
  });
});

describe('a reader who has enough', () => {
  test('stops the server, and what came counts as the answer', async () => {
    const it = aYard();
    it.coder.scripts = [{ hold: never }];
    const ticket = it.yard.submit(aRequest('complete'));
    await settled();
    ticket.enough();
    const { result, attempts } = await ticket.outcome;
    expect(result).toEqual({ kind: 'answered', track: 'local' });
    expect(attempts).toMatchObject([{ end: { kind: 'answered' }, usage: { estimated: true } }]);
    expect(it.coder.calls).toEqual([{ aborted: true, ended: false }]);
  });

  test('keeps the local answer of an escalation they stop', async () => {
    const it = aYard();
    it.chat.scripts = [{ logprob: -3 }];
    it.small.scripts = [{ wait: never }];
    const ticket = it.yard.submit(aRequest('explain'));
    await settled();
    ticket.enough();
    const { result, attempts } = await ticket.outcome;
    expect(result).toEqual({ kind: 'answered', track: 'local' });
    expect(attempts.map((attempt) => attempt.end.kind)).toEqual(['doubted', 'cancelled']);
  });

  test('before anything came has no answer', async () => {
    const it = aYard();
    it.coder.scripts = [{ wait: never }];
    const ticket = it.yard.submit(aRequest('complete'));
    await settled();
    ticket.enough();
    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  });
});
