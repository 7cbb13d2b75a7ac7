import { describe, expect, it } from 'vitest';
import { partialProposal } from '../../../src/tasks/partial-proposal';
import { selected } from './caret';

describe('the diff while an answer streams', () => {
  const { text, start, end } = selected('head\n█one\ntwo\nthree█\ntail\n');
  const show = (answer: string): string => partialProposal(text, start, end, answer);

  it('shows the document unchanged before any code has come', () => {
    expect(show('')).toBe(text);
    expect(show('Sure:')).toBe(text);
  });

  it('replaces as many lines as have come, and leaves the rest for now', () => {
    expect(show('```\nONE\nTW')).toBe('head\nONE\ntwo\nthree\ntail\n');
    expect(show('```\nONE\nTWO\nTHR')).toBe('head\nONE\nTWO\nthree\ntail\n');
  });

  it('grows past the selection when the answer is longer', () => {
    expect(show('```\n1\n2\n3\n4\n5')).toBe('head\n1\n2\n3\n4\ntail\n');
  });

  it('is the whole proposal once the block is closed', () => {
    expect(show('```\nONE\n```')).toBe('head\nONE\ntail\n');
  });
});
