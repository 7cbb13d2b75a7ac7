import { describe, expect, it } from 'vitest';
import { shownPart } from '../../../../src/completion/prompt/shown-part';

describe('how much of an answer is shown', () => {
  it('one line in the middle of a statement', () => {
    expect(shownPart('load();\nsave();', 'const a = ', '')).toEqual({ text: 'load();', cut: true });
  });

  it('the next line behind a finished one', () => {
    expect(shownPart('\n  save();\n  close();', 'load();', '').text).toBe('\n  save();');
  });

  it('the whole block below a line that opens one', () => {
    expect(shownPart('load();\n  save();\n', 'if (open) {\n  ', '').text).toBe('load();\n  save();');
    expect(shownPart('return 1\n    ', 'def f():\n    ', '').text).toBe('return 1');
  });

  it('one line below a finished statement', () => {
    expect(shownPart('save();\nclose();', 'load();\n', '').text).toBe('save();');
  });

  it('one line where closing brackets stand right of the caret', () => {
    expect(shownPart('a, b);\nmore();', 'f {\n', ')').text).toBe('a, b);');
  });

  it('no half of a Windows line end', () => {
    expect(shownPart('load();\r\nsave();', 'x = ', '').text).toBe('load();');
  });
});
