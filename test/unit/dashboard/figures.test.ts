import { describe, expect, it } from 'vitest';
import { amountNotes, amountWords, offBy, percentWords, tokenWords } from '../../../src/dashboard/figures';
import { cacheWords } from '../../../src/dashboard/sections/tokens';

describe('a sum of money', () => {
  it('is unknown, never $0, where nothing of it is known', () => {
    expect(amountWords({ usd: 0, unknown: 2 })).toBe('unknown');
    expect(amountNotes({ usd: 0, unknown: 2 })).toEqual(['2 requests without a known price']);
  });

  it('is $0 where it is known to be nothing', () => {
    expect(amountWords({ usd: 0, unknown: 0 })).toBe('$0');
    expect(amountNotes({ usd: 0, unknown: 0, estimatedUsd: 0 })).toEqual([]);
  });

  it('says what is not in it and how much of it is estimated', () => {
    const sum = { usd: 1.5, unknown: 1, estimatedUsd: 0.25 };
    expect(amountWords(sum)).toBe('$1.50');
    expect(amountNotes(sum)).toEqual(['$0.2500 of it estimated', '+ 1 request of unknown price']);
  });

  it('is called estimated when all of it is', () => {
    expect(amountNotes({ usd: 0.02, unknown: 0, estimatedUsd: 0.02 })).toEqual(['estimated']);
  });
});

describe('figures', () => {
  it('are never rounded to all or nothing', () => {
    expect([0, 0.001, 0.5, 0.996, 1].map(percentWords)).toEqual(['0 %', '<1 %', '50 %', '>99 %', '100 %']);
  });

  it('are short enough for a narrow column', () => {
    expect([0, 9_999, 10_000, 123_456, 999_499, 999_500, 4_520_000].map(tokenWords)).toEqual([
      '0',
      '9,999',
      '10k',
      '123k',
      '999k',
      '1M',
      '4.5M',
    ]);
  });

  it('say how far an estimate was off', () => {
    expect(offBy(120, 100)).toBe('20 % over');
    expect(offBy(50, 100)).toBe('50 % under');
    expect(offBy(100, 100)).toBe('exact');
    expect(offBy(1_900, 100)).toBe('19 × over');
    expect(offBy(0, 0)).toBe('exact');
    expect(offBy(5, 0)).toBe('nothing came');
  });

  it('say what prompt caching did to the bill, also where it has cost something', () => {
    expect(cacheWords({ usd: 0.03, unknown: 0 })).toBe(
      'Prompt caching took $0.0300 off the bill; it is in "spent" already.',
    );
    expect(cacheWords({ usd: -0.03, unknown: 1 })).toBe(
      'Prompt caching has cost $0.0300 so far: stored, but not read often enough yet. For 1 request the price is unknown.',
    );
  });
});
