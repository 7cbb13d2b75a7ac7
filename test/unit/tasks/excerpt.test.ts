import { describe, expect, it } from 'vitest';
import { excerptAround } from '../../../src/tasks/excerpt';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `line ${String(i + 1)}`).join('\n') + '\n';

describe('the part of a file that goes into a prompt', () => {
  it('is the whole file where it fits', () => {
    const text = lines(20);
    expect(excerptAround(text, 10, 20, 10_000)).toEqual({ start: 0, end: text.length, whole: true });
  });

  it('holds the selection, whole lines, and no more than fits', () => {
    const text = lines(2000);
    const at = text.indexOf('line 1000\n');
    const part = excerptAround(text, at, at + 9, 3000);
    expect(part.whole).toBe(false);
    expect(part.start).toBeLessThanOrEqual(at);
    expect(part.end).toBeGreaterThanOrEqual(at + 9);
    expect(part.end - part.start).toBeLessThanOrEqual(3000);
    expect(text[part.start - 1]).toBe('\n');
    expect(text[part.end - 1]).toBe('\n');
  });

  it('stays the same when the selection moves a little, so that a prompt cache holds', () => {
    const text = lines(2000);
    const one = text.indexOf('line 1010\n');
    const two = text.indexOf('line 1013\n');
    expect(excerptAround(text, one, one + 5, 3000)).toEqual(excerptAround(text, two, two + 5, 3000));
  });

  it('never cuts the selection, even where that alone is too long', () => {
    const text = lines(500);
    const part = excerptAround(text, 0, text.length - 50, 1000);
    expect(part.start).toBe(0);
    expect(part.end).toBeGreaterThanOrEqual(text.length - 50);
  });
});
