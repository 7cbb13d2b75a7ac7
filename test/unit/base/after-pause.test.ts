import { expect, it } from 'vitest';
import { AfterPause } from '../../../src/base/after-pause';
import { HandClock } from '../routing/a-clock';

function watched(): { readonly clock: HandClock; readonly pause: AfterPause; readonly ran: number[] } {
  const clock = new HandClock();
  const ran: number[] = [];
  return { clock, ran, pause: new AfterPause(200, () => ran.push(clock.monotonic()), clock) };
}

it('runs once, when it has been quiet for long enough', async () => {
  const { clock, pause, ran } = watched();
  const start = clock.monotonic();
  for (let key = 0; key < 5; key += 1) {
    pause.restart();
    await clock.turn(150);
  }
  expect(ran).toEqual([]);
  await clock.turn(50);
  expect(ran).toEqual([start + 800]);
  await clock.turn(1_000);
  expect(ran).toHaveLength(1);
});

it('runs no more once it is disposed of', async () => {
  const { clock, pause, ran } = watched();
  pause.restart();
  pause.dispose();
  await clock.turn(1_000);
  expect(ran).toEqual([]);
});
