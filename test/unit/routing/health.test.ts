import { expect, test } from 'vitest';
import type { FailureKind } from '../../../src/models/failure';
import type { ProviderState } from '../../../src/models/provider';
import { createHealth, type Health } from '../../../src/routing/health/health';
import { HandClock, settled } from './a-clock';
import { aRequest, aYard } from './a-yard';
import { CLOUD_LARGE, LOCAL_CHAT, LOCAL_CODER } from './a-world';

interface TestHealth {
  readonly health: Health;
  readonly clock: HandClock;
  seen: ProviderState;
  probes: number;
  allowed: boolean;
}

function aHealth(): TestHealth {
  const clock = new HandClock();
  const it: TestHealth = {
    clock,
    seen: { kind: 'down', reason: 'connection refused' },
    probes: 0,
    allowed: true,
    health: createHealth({
      clock,
      probe: () => {
        it.probes += 1;
        return Promise.resolve(it.seen);
      },
      mayProbe: () => it.allowed,
    }),
  };
  return it;
}

async function fail({ health }: TestHealth, failure: FailureKind, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) health.failed(LOCAL_CHAT, failure);
  await settled();
}

test('three faults in a row take a track down, for all its models', async () => {
  const it = aHealth();
  await fail(it, 'unreachable', 2);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
  await fail(it, 'unreachable', 1);
  expect(it.health.of(LOCAL_CODER)).toEqual({
    kind: 'down',
    since: 1_000_000,
    reason: 'it cannot be reached',
    nextProbeAt: 1_015_000,
  });
  expect(it.health.of(CLOUD_LARGE).kind).toBe('up');
});

test('a success in between starts the count anew', async () => {
  const it = aHealth();
  await fail(it, 'server', 2);
  it.health.succeeded(LOCAL_CHAT);
  await fail(it, 'server', 2);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
});

test.each(['no-key', 'model-missing', 'context-too-long', 'cancelled', 'refused', 'no-infill'] as const)(
  'what the user can put right (%s) is no fault of the track',
  async (failure) => {
    const it = aHealth();
    await fail(it, failure, 10);
    expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
  },
);

test('a track that is back serves again within one probe interval', async () => {
  const it = aHealth();
  await fail(it, 'timeout', 3);
  await it.clock.turn(15_000);
  expect(it.probes).toBe(1);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('down');
  it.seen = { kind: 'ready' };
  await it.clock.turn(15_000);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
  expect(it.clock.pending).toBe(0);
});

test('it stays down since the first fault, whatever the probes say', async () => {
  const it = aHealth();
  await fail(it, 'timeout', 3);
  await it.clock.turn(40_000);
  expect(it.health.of(LOCAL_CHAT)).toMatchObject({ since: 1_000_000, nextProbeAt: 1_045_000 });
});

test('a request that succeeds all the same brings its track back at once', async () => {
  const it = aHealth();
  await fail(it, 'timeout', 3);
  it.health.succeeded(LOCAL_CHAT);
  await settled();
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
  expect(it.clock.pending).toBe(0);
});

test('while no byte may go out, nobody is probed', async () => {
  const it = aHealth();
  it.allowed = false;
  await fail(it, 'timeout', 3);
  await it.clock.turn(60_000);
  expect(it.probes).toBe(0);
  it.allowed = true;
  it.seen = { kind: 'ready' };
  await it.clock.turn(15_000);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
});

test('what somebody saw for themselves counts at once', async () => {
  const it = aHealth();
  it.health.observed(LOCAL_CHAT, { kind: 'down', reason: 'not running' });
  await settled();
  expect(it.health.of(LOCAL_CHAT)).toMatchObject({ kind: 'down', reason: 'not running' });
  it.health.observed(LOCAL_CHAT, { kind: 'unconfigured', reason: 'no endpoint' });
  await settled();
  expect(it.health.of(LOCAL_CHAT)).toEqual({ kind: 'unconfigured', reason: 'no endpoint' });
  it.health.observed(LOCAL_CHAT, { kind: 'ready' });
  await settled();
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
});

test('a track without a key is looked at again, and serves once it has one', async () => {
  const it = aHealth();
  it.health.observed(LOCAL_CHAT, { kind: 'unconfigured', reason: 'no key' });
  it.seen = { kind: 'unconfigured', reason: 'no key' };
  await it.clock.turn(30_000);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('unconfigured');
  it.seen = { kind: 'ready' };
  await it.clock.turn(15_000);
  expect(it.health.of(LOCAL_CHAT).kind).toBe('up');
  expect(it.clock.pending).toBe(0);
});

test('the status bar hears of each change', async () => {
  const it = aHealth();
  await fail(it, 'overloaded', 3);
  expect([...it.health.tracks.get()].map(([key, health]) => [key, health.kind])).toEqual([
    ['local:ollama', 'down'],
  ]);
});

test('disposing leaves no timer', async () => {
  const it = aHealth();
  await fail(it, 'timeout', 3);
  it.health.dispose();
  expect(it.clock.pending).toBe(0);
});

test('while the local track is down, requests go to the cloud without trying it', async () => {
  const it = aYard();
  it.chat.scripts = [{ fail: 'unreachable' }];
  for (let count = 0; count < 3; count += 1) await it.yard.submit(aRequest('explain')).outcome;
  expect(it.chat.calls).toHaveLength(3);
  const { attempts } = await it.yard.submit(aRequest('explain')).outcome;
  expect(attempts.map((attempt) => attempt.track)).toEqual(['cloud']);
  expect(it.chat.calls).toHaveLength(3);
  it.health.dispose();
});
