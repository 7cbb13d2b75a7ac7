import { expect, test } from 'vitest';
import { whenIdle } from '../../../src/routing/when-idle';
import { settled } from './a-clock';
import { never, aRequest, aYard } from './a-yard';

const isDone = (promise: Promise<unknown>): (() => boolean) => {
  let done = false;
  void promise.then(() => (done = true));
  return () => done;
};

test('a yard without requests is idle at once', async () => {
  const it = aYard();
  await whenIdle(it.yard, it.clock, 2_000);
  expect(it.clock.pending).toBe(0);
});

test('one that was closed is idle when its cancelled requests have their outcomes', async () => {
  const it = aYard();
  it.large.scripts = [{ wait: never }];
  const { outcome } = it.yard.submit(aRequest('refactor'));
  await settled();
  const done = isDone(whenIdle(it.yard, it.clock, 2_000));
  expect(done()).toBe(false);
  it.yard.dispose();
  await settled();
  expect(done()).toBe(true);
  expect((await outcome).result).toEqual({ kind: 'cancelled' });
  expect(it.clock.pending).toBe(0);
});

test('nobody waits longer than the limit', async () => {
  const it = aYard();
  it.large.scripts = [{ wait: never }];
  const ticket = it.yard.submit(aRequest('refactor'));
  await settled();
  const done = isDone(whenIdle(it.yard, it.clock, 2_000));
  await it.clock.turn(2_000);
  expect(done()).toBe(true);
  ticket.cancel();
});
