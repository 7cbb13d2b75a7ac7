import { describe, expect, test } from 'vitest';
import { expectationOf } from '../../../src/routing/estimate/expectation';

const TYPICAL = { outputTokens: 500, ms: 8000 };
const calls = (count: number, outputTokens: number, ms: number): Parameters<typeof expectationOf>[0] => ({
  calls: count,
  outputTokens: count * outputTokens,
  timed: count,
  ms: count * ms,
});

describe('what the next call is expected to take', () => {
  test('is what is typical before there is any history', () => {
    expect(expectationOf(undefined, TYPICAL)).toEqual(TYPICAL);
  });

  test('moves towards what past calls took, the more of them the further', () => {
    const few = expectationOf(calls(2, 1000, 4000), TYPICAL);
    const many = expectationOf(calls(100, 1000, 4000), TYPICAL);
    expect(few.outputTokens).toBeGreaterThan(500);
    expect(few.outputTokens).toBeLessThan(700);
    expect(many.outputTokens).toBeGreaterThan(950);
    expect(many.ms).toBeLessThan(4500);
  });

  test('does not follow counts that cannot be right', () => {
    expect(expectationOf(calls(1000, 1_000_000, 1), TYPICAL)).toEqual({ outputTokens: 2000, ms: 2000 });
  });

  test('tells no time where nothing is known, and the measured one as soon as it is', () => {
    expect(expectationOf(undefined, { outputTokens: 40 }).ms).toBeUndefined();
    expect(expectationOf(calls(3, 40, 300), { outputTokens: 40 }).ms).toBe(300);
  });
});
