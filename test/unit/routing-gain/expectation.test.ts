import { describe, expect, test } from 'vitest';
import { expectationOf, type PastCalls, type Typical } from '../../../src/routing/estimate/expectation';

const TYPICAL = { outputTokens: 500, ms: 8000 };
const calls = (count: number, outputTokens: number, ms: number, typical: Typical = TYPICAL): PastCalls => ({
  calls: count,
  outputTokens: count * outputTokens,
  ms: count * ms,
  typical: {
    outputTokens: count * typical.outputTokens,
    ...(typical.ms !== undefined && { ms: count * typical.ms }),
  },
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
    const unknown = { outputTokens: 40 };
    expect(expectationOf(calls(3, 40, 300, unknown), unknown).ms).toBe(300);
  });

  test('tells a time that fits the length it tells', () => {
    const { outputTokens, ms } = expectationOf(calls(1, 20, 200, { outputTokens: 500 }), {
      outputTokens: 500,
    });
    expect(outputTokens).toBe(420);
    expect(ms).toBe(4_200);
  });

  test('goes by its size: what small calls took is not what a large one takes', () => {
    const small = { outputTokens: 150, ms: 3_000 };
    const large = { outputTokens: 1_500, ms: 26_000 };
    const past = calls(100, 150, 3_000, small);
    expect(expectationOf(past, small)).toEqual(small);
    expect(expectationOf(past, large)).toEqual(large);
  });

  test('is longer by the same factor for every size', () => {
    const past = calls(1_000, 300, 3_000, { outputTokens: 150, ms: 3_000 });
    expect(expectationOf(past, { outputTokens: 1_000, ms: 20_000 }).outputTokens).toBeCloseTo(2_000, -2);
  });
});
