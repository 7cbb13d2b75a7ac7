import { describe, expect, it } from 'vitest';
import { isLastTime, mayAsk, readTurnedAway, turnAway } from '../../../src/editor/refactor/when-to-offer';

const HOUR = 60 * 60_000;
const NEVER = readTurnedAway(undefined);

describe('the offer to run simple edits on this machine', () => {
  it('is made at the first occasion', () => {
    expect(mayAsk(NEVER, 0)).toBe(true);
    expect(isLastTime(NEVER)).toBe(false);
  });

  it('is not made again on the same day by whoever turned away', () => {
    const once = turnAway(NEVER, 1_000 * HOUR);
    expect(mayAsk(once, 1_008 * HOUR)).toBe(false);
  });

  it('is made once more on another day, and says that it is the last time', () => {
    const once = turnAway(NEVER, 1_000 * HOUR);
    expect(mayAsk(once, 1_023 * HOUR)).toBe(true);
    expect(isLastTime(once)).toBe(true);
  });

  it('is never made a third time', () => {
    const twice = turnAway(turnAway(NEVER, 1_000 * HOUR), 1_023 * HOUR);
    expect(mayAsk(twice, 100_000 * HOUR)).toBe(false);
  });

  it.each([null, 'often', { times: 'two' }, { times: -1, at: 0 }, []])(
    'starts anew where storage holds %j',
    (stored) => expect(mayAsk(readTurnedAway(stored), 0)).toBe(true),
  );
});
