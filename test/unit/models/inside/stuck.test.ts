import { describe, expect, it } from 'vitest';
import { Stuck } from '../../../../src/models/inside/child/stuck';
import { seeded } from '../../../servers/random';

/** The number of tokens after which it was noticed. */
function noticedAfter(tokens: readonly number[]): number | undefined {
  const stuck = new Stuck();
  const at = tokens.findIndex((token) => stuck.take(token));
  return at === -1 ? undefined : at + 1;
}
const phrase = (length: number): number[] => Array.from({ length }, (_, index) => 1000 + index);
const times = (count: number, tokens: readonly number[]): number[] =>
  Array.from({ length: count }, () => tokens).flat();

describe('an answer that goes round in a circle', () => {
  it.each([6, 13, 20, 48, 96])('is noticed when it says the same %d tokens again and again', (length) => {
    // Six rounds at least, or 160 tokens, and up to one look later.
    expect(noticedAfter(times(60, phrase(length)))).toBeLessThanOrEqual(Math.max(160, 6 * length) + 16);
  });

  it('is noticed after an honest beginning', () => {
    const draw = seeded(3);
    const beginning = Array.from({ length: 300 }, () => Math.floor(draw() * 40));

    expect(noticedAfter([...beginning, ...times(40, phrase(13))])).toBeGreaterThan(300 + 160);
  });

  it('is no table, line of dashes, or list of noughts', () => {
    expect(noticedAfter(times(900, [1]))).toBeUndefined();
    expect(noticedAfter(times(450, [1, 2]))).toBeUndefined();
  });

  it('is no phrase said a few times', () => {
    expect(noticedAfter(times(5, phrase(40)))).toBeUndefined();
  });

  it('is no text with something new in each round', () => {
    const rounds = Array.from({ length: 40 }, (_, round) => [...phrase(12), round]).flat();

    expect(noticedAfter(rounds)).toBeUndefined();
  });
});
