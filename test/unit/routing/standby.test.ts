import { describe, expect, it } from 'vitest';
import { priceOutcome } from '../../../src/ledger/price-outcome';
import type { ProviderState } from '../../../src/models/provider';
import type { Policy } from '../../../src/routing/policy';
import { settled } from './a-clock';
import { aPolicy, CLOUD_SMALL, LOCAL_CHAT, LOCAL_CODER, LOCAL_INSIDE } from './a-world';
import { aRequest, aYard, eventsOf, never, story, type TestYard } from './a-yard';

const standby = { complete: LOCAL_INSIDE, explain: LOCAL_INSIDE };
const NO_CLOUD: Policy['models'] = { complete: LOCAL_CODER, explain: LOCAL_CHAT, standby };

/** The engine of the models in use is gone, and another one is ready. */
function withEngineGone(policy: Partial<Policy> = {}): TestYard {
  const yard = aYard({ models: { ...aPolicy().models, standby }, ...policy });
  yard.chat.scripts = [{ fail: 'unreachable' }];
  yard.coder.scripts = [{ fail: 'unreachable' }];
  return yard;
}

const BROKE_OFF = { text: ['half '], hold: Promise.resolve(), fail: 'unreachable' } as const;

describe('with the engine gone under a request', () => {
  it('another engine answers an explanation, before any cloud', async () => {
    const yard = withEngineGone();

    expect(story(await eventsOf(yard.yard.submit(aRequest('explain'))))).toEqual([
      'local first',
      'failed',
      'fallback to coder:0.5b',
      'local fallback',
      '"an "',
      '"answer"',
      'answered',
      'answered by local',
    ]);
    expect(yard.small.calls).toHaveLength(0);
  });

  it('the decision says so, and both attempts are written down', async () => {
    const { decision, attempts } = await withEngineGone().yard.submit(aRequest('explain')).outcome;

    expect(decision.reasons.at(-1)).toEqual({
      code: 'local-engine-gone',
      text: 'the engine of coder:7b is gone (unreachable), so another one takes over',
    });
    expect(attempts.slice(0, 2).map(({ role, model, end }) => [role, model.id, end.kind])).toEqual([
      ['first', LOCAL_CHAT.id, 'failed'],
      ['fallback', LOCAL_INSIDE.id, 'answered'],
    ]);
  });

  it('what it saves is counted once, by the answer', async () => {
    const yard = withEngineGone();
    yard.chat.scripts = [BROKE_OFF];
    const outcome = await yard.yard.submit(aRequest('explain')).outcome;

    const entry = priceOutcome(outcome, ({ place }, _at, { outputTokens }) =>
      place === 'local' ? undefined : { usd: outputTokens, usdWithoutCache: outputTokens },
    );

    expect(entry).toMatchObject({ spentUsd: 0, baselineUsd: 2, savedUsd: 2, savingRule: 'answered-local' });
  });

  it('a completion is answered too, though no cloud may have it', async () => {
    const { result } = await withEngineGone().yard.submit(aRequest('complete')).outcome;

    expect(result).toEqual({ kind: 'answered', track: 'local' });
  });

  it('an explanation of which a part stands there is given anew', async () => {
    const yard = withEngineGone();
    yard.chat.scripts = [BROKE_OFF];

    const told = story(await eventsOf(yard.yard.submit(aRequest('explain'))));

    expect(told.slice(0, 4)).toEqual(['local first', '"half "', 'failed', 'fallback to coder:0.5b']);
    expect(told.at(-1)).toBe('answered by local');
  });

  it('a completion of which a part stands there is carried on by nobody', async () => {
    const yard = withEngineGone({ completionsMayUseCloud: true });
    yard.coder.scripts = [BROKE_OFF];

    const { result, attempts } = await yard.yard.submit(aRequest('complete')).outcome;

    expect(result).toEqual({ kind: 'failed', failure: 'unreachable', message: 'it was unreachable' });
    expect(attempts).toHaveLength(1);
  });

  it('a doubtful answer of the other engine escalates like any other', async () => {
    const yard = withEngineGone();
    yard.inside.scripts = [{ logprob: -3 }];

    const { result, attempts } = await yard.yard.submit(aRequest('explain')).outcome;

    expect(result).toEqual({ kind: 'answered', track: 'cloud' });
    expect(attempts.map(({ role }) => role)).toEqual(['first', 'fallback', 'escalation']);
  });

  it('the cloud answers where the other engine fails as well', async () => {
    const yard = withEngineGone();
    yard.inside.scripts = [{ fail: 'out-of-memory' }];

    const { result, attempts, decision } = await yard.yard.submit(aRequest('explain')).outcome;

    expect(result).toEqual({ kind: 'answered', track: 'cloud' });
    expect(attempts.map(({ model }) => model.id)).toEqual([LOCAL_CHAT.id, LOCAL_INSIDE.id, CLOUD_SMALL.id]);
    expect(decision.reasons.map(({ code }) => code)).toContain('standby-failed');
  });

  it('the failure of the engine that was asked is told where nobody else can answer', async () => {
    const yard = withEngineGone({ models: NO_CLOUD });
    yard.inside.scripts = [{ fail: 'out-of-memory' }];

    const { result } = await yard.yard.submit(aRequest('explain')).outcome;

    expect(result).toEqual({ kind: 'failed', failure: 'unreachable', message: 'it was unreachable' });
  });

  it('the other engine is tried once', async () => {
    const yard = withEngineGone({ models: NO_CLOUD });
    yard.inside.scripts = [{ fail: 'unreachable' }];

    await yard.yard.submit(aRequest('explain')).outcome;

    expect(yard.inside.calls).toHaveLength(1);
  });

  it('a user who stops it there stops it for good', async () => {
    const yard = withEngineGone();
    yard.inside.scripts = [{ wait: never }];
    const ticket = yard.yard.submit(aRequest('explain'));
    await settled();

    ticket.cancel();

    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
    expect([yard.inside.calls[0]?.aborted, yard.small.calls.length]).toEqual([true, 0]);
  });

  it('a refactoring that fell back from the cloud to this machine is answered as well', async () => {
    const yard = withEngineGone();
    yard.large.scripts = [{ fail: 'overloaded' }];

    const { result, decision, attempts } = await yard.yard.submit(aRequest('refactor')).outcome;

    expect(result).toEqual({ kind: 'answered', track: 'local' });
    expect(decision).toMatchObject({ forced: 'cloud-down' });
    expect(attempts.map(({ model }) => model.provider)).toEqual(['claude', 'ollama', 'inside']);
  });

  it('an engine that took its place meanwhile answers a request from before', async () => {
    const yard = withEngineGone();
    const ticket = yard.yard.submit(aRequest('explain'));

    // As after another request that found it gone.
    yard.policy.set(aPolicy({ models: { ...aPolicy().models, explain: LOCAL_INSIDE } }));

    expect((await ticket.outcome).attempts.at(-1)?.model).toEqual(LOCAL_INSIDE);
  });
});

describe('another engine is not asked', () => {
  it('where the first one is there and answers that it cannot', async () => {
    const yard = withEngineGone();
    yard.chat.scripts = [{ fail: 'out-of-memory' }];

    expect((await yard.yard.submit(aRequest('explain')).outcome).result).toMatchObject({ track: 'cloud' });
    expect(yard.inside.calls).toHaveLength(0);
  });

  const notThere: readonly ProviderState[] = [
    { kind: 'down', reason: 'it crashed' },
    { kind: 'unconfigured', reason: 'no model' },
  ];
  for (const state of notThere) {
    it(`while it is ${state.kind}`, async () => {
      const yard = withEngineGone();
      yard.health.observed(LOCAL_INSIDE, state);
      await settled();

      expect((await yard.yard.submit(aRequest('explain')).outcome).result).toMatchObject({ track: 'cloud' });
      expect(yard.inside.calls).toHaveLength(0);
    });
  }
});
