import { beforeEach, describe, expect, it } from 'vitest';
import { Deadlines, type DeadlineName } from '../../../src/models/wire/deadlines';
import { HandClock, settled } from '../routing/a-clock';

const LIMITS = { firstTokenMs: 1_000, idleMs: 300, totalMs: 5_000 };

let clock: HandClock;
let expired: DeadlineName[];
let deadlines: Deadlines;

beforeEach(() => {
  clock = new HandClock();
  expired = [];
  deadlines = new Deadlines(clock, LIMITS, (name) => expired.push(name));
});

describe('the deadlines of a call', () => {
  it('end it when nothing has come', async () => {
    await clock.turn(LIMITS.firstTokenMs);
    await settled();
    expect(expired).toEqual(['firstTokenMs']);
  });

  it('end it when it falls silent', async () => {
    deadlines.speaking();
    await clock.turn(LIMITS.idleMs);
    await settled();
    expect(expired).toEqual(['idleMs']);
  });

  // After a long computation, timers that fell due run before what has arrived meanwhile is read.
  it('do not count a stall of this process as silence of the server', async () => {
    const turning = clock.turn(LIMITS.firstTokenMs);
    deadlines.speaking();
    await turning;
    const idling = clock.turn(LIMITS.idleMs);
    deadlines.alive();
    await idling;
    await settled();
    expect(expired).toEqual([]);
  });

  it('leave no timer behind', () => {
    deadlines.speaking();
    deadlines.stop();
    expect(clock.pending).toBe(0);
  });
});
