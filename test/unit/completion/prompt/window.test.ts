import { describe, expect, it } from 'vitest';
import { PromptWindow } from '../../../../src/completion/prompt/window';
import { MirrorText } from '../../../../src/completion/text/mirror-text';

const LIMITS = { freshPrefix: 200, maxPrefix: 600, suffix: 60 };
const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('');

/** Characters at the start of `b` that are the start of `a` too. */
function shared(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

describe('the prompt window', () => {
  it('keeps its head still while the caret moves down', () => {
    const text = new MirrorText(lines(400));
    const window = new PromptWindow(LIMITS);
    const first = window.at(text, 1_500).prefix;
    const second = window.at(text, 1_560).prefix;
    expect(second.startsWith(first)).toBe(true);
  });

  it('has no cliff: over a long file nearly all of each prompt is what the last one began with', () => {
    const text = new MirrorText('');
    const window = new PromptWindow(LIMITS);
    let last = '';
    let fresh = 0;
    let prompts = 0;
    for (let i = 0; i < 1_000; i++) {
      text.apply({ offset: text.length, deleted: 0, inserted: `line ${i}\n` });
      const { prefix } = window.at(text, text.length);
      fresh += prefix.length - shared(prefix, last);
      prompts++;
      last = prefix;
    }
    expect(fresh / prompts).toBeLessThan(20);
  });

  it('begins at the start of a line and never holds more than its limit', () => {
    const text = new MirrorText(lines(400));
    const { prefix, suffix } = new PromptWindow(LIMITS).at(text, 2_003);
    expect(prefix).toMatch(/^line \d+\n/);
    expect(prefix.length).toBeLessThanOrEqual(LIMITS.maxPrefix);
    expect(suffix.length).toBeLessThanOrEqual(LIMITS.suffix);
  });

  it('moves with edits above it', () => {
    const text = new MirrorText(lines(400));
    const window = new PromptWindow(LIMITS);
    const before = window.at(text, 2_000).prefix;
    text.apply({ offset: 0, deleted: 0, inserted: 'a new first line\n' });
    window.edited(0, 0, 17);
    expect(window.at(text, 2_017).prefix).toBe(before);
  });

  it('sees what stands above a caret that jumped up to its head', () => {
    const text = new MirrorText(lines(400));
    const window = new PromptWindow(LIMITS);
    window.at(text, 2_000);
    expect(window.at(text, 1_000).prefix.length).toBeGreaterThan(LIMITS.freshPrefix / 2);
  });

  it('writes what is assumed behind the caret', () => {
    expect(new PromptWindow(LIMITS).at(new MirrorText('ab'), 1, 'XY')).toEqual({
      prefix: 'aXY',
      suffix: 'b',
    });
  });
});
