import { expect, it } from 'vitest';
import { atMostEvery } from '../../../src/base/at-most-every';
import { HandClock } from '../routing/a-clock';

it('works at once, and then not again before the time is over', async () => {
  const clock = new HandClock();
  let worked = 0;
  const call = atMostEvery(10, () => (worked += 1), clock);

  call();
  call();
  expect(worked).toBe(1);

  await clock.turn(9);
  call();
  expect(worked).toBe(1);

  await clock.turn(1);
  call();
  expect(worked).toBe(2);
});
