import { describe, expect, it } from 'vitest';
import { bytesWords, countWords, durationWords, usdCents, usdWords } from '../../../src/base/money-words';

describe('money in words', () => {
  it.each([
    [undefined, 'price unknown'],
    [0, '$0'],
    [0.00000123, '$0.0000012'],
    [0.00017, '$0.00017'],
    [-8.6e-19, '$0'],
    [0.0021, '$0.0021'],
    [-0.0021, '−$0.0021'],
    [12.345, '$12.35'],
  ] as const)('%s is %s', (usd, words) => expect(usdWords(usd)).toBe(words));

  it('always shows cents in the status bar', () => expect(usdCents(0)).toBe('$0.00'));
  it('shows no small cost as nothing there', () => {
    expect(usdCents(0.0034)).toBe('<$0.01');
    expect(usdCents(-0.0034)).toBe('−<$0.01');
    expect(usdCents(0.005)).toBe('$0.01');
  });
});

it.each([
  [4, '1 ms'],
  [14, '10 ms'],
  [420, '420 ms'],
  [1500, '1.5 s'],
  [42_000, '42 s'],
  [150_000, '3 min'],
] as const)('%s ms is %s', (ms, words) => expect(durationWords(ms)).toBe(words));

it('counts bytes as disks do', () =>
  expect([bytesWords(4.7e9), bytesWords(3e8)]).toEqual(['4.7 GB', '300 MB']));

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [-12_345.6, '-12,346'],
  [1_234_567, '1,234,567'],
] as const)('%s is counted as %s', (count, words) => expect(countWords(count)).toBe(words));
