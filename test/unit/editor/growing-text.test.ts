import { describe, expect, it } from 'vitest';
import { GrowingText } from '../../../src/editor/ghost-text/growing-text';
import { testClock } from '../ledger/test-clock';

const ID = 'a.ts';

/** Ghost text in a document of version 1, and what VS Code was told to do with it, with the time in ms. */
function ghostText(shows: boolean, byCommand = false) {
  const clock = testClock(0);
  const done: string[] = [];
  const tell = (what: string) => () => void done.push(`${clock.monotonic()} ${what}`);
  const world = { version: 1 };
  const growing = new GrowingText(clock, {
    isCurrent: ({ version }) => version === world.version,
    ask: tell('ask'),
    extend: tell('extend'),
    renew: tell('renew'),
  });
  growing.handed({ id: ID, version: 1, shows, byCommand });
  const stream = (pieces: number, everyMs: number): void => {
    for (let i = 0; i < pieces; i++) {
      growing.more(ID);
      clock.advance(everyMs);
    }
  };
  return { clock, done, world, growing, stream };
}

describe('ghost text that is still being written', () => {
  it('is shown at once where nothing is shown', () => {
    const { done, growing } = ghostText(false);
    growing.more(ID);
    expect(done).toEqual(['0 ask']);
  });

  it('grows once, when the answer has come to its end', () => {
    const { done, clock, stream } = ghostText(true);
    stream(10, 20);
    clock.advance(1_000);
    expect(done).toEqual(['280 extend']);
  });

  it('grows after a second of a slow answer, and once more at its end', () => {
    const { done, clock, stream, growing } = ghostText(true);
    stream(26, 40);
    expect(done).toEqual(['1000 extend']);
    growing.handed({ id: ID, version: 1, shows: true, byCommand: true });
    stream(40, 40);
    clock.advance(1_000);
    expect(done).toEqual(['1000 extend', '2700 renew']);
  });

  it('is left alone once somebody typed on: VS Code asks by itself', () => {
    const { done, clock, world, stream } = ghostText(true);
    stream(1, 10);
    world.version = 2;
    clock.advance(1_000);
    stream(3, 10);
    clock.advance(1_000);
    expect(done).toEqual([]);
  });

  it('leaves no timer behind', () => {
    const { clock, growing } = ghostText(true);
    growing.more(ID);
    growing.dispose();
    expect(clock.timers).toBe(0);
  });
});
