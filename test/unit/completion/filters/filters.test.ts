import { describe, expect, it } from 'vitest';
import { withLineEnds } from '../../../../src/completion/filters/line-ends';
import { repetitionStart } from '../../../../src/completion/filters/repetition';
import { mayCompleteBefore, replacedChars } from '../../../../src/completion/filters/rest-of-line';
import { suffixOverlap } from '../../../../src/completion/filters/suffix-overlap';

const cutBy = (text: string, at: number | undefined): string => text.slice(0, at);

describe('line ends', () => {
  it('become the document’s own', () => {
    expect(withLineEnds('a\nb\r\nc', '\r\n')).toBe('a\r\nb\r\nc');
    expect(withLineEnds('a\r\nb', '\n')).toBe('a\nb');
  });

  it('wait for the second half of a pair that the stream cut', () => {
    expect(withLineEnds('a\r', '\n')).toBe('a');
  });
});

describe('repetition', () => {
  it('cuts behind the first of three equal lines', () => {
    const text = 'start();\nretry(now);\nretry(now);\nretry(now);';
    expect(cutBy(text, repetitionStart(text))).toBe('start();\nretry(now);');
  });

  it('cuts behind the first of three equal blocks', () => {
    const block = 'if (value) {\n  use(value);\n}\n';
    expect(cutBy(block.repeat(3), repetitionStart(block.repeat(3)))).toBe(block.trimEnd());
  });

  it('leaves closing brackets and blank lines alone', () => {
    expect(repetitionStart('}\n}\n}\n}\n\n\n\n')).toBeUndefined();
  });

  it('leaves lines alone that differ', () => {
    expect(repetitionStart('case 1:\ncase 2:\ncase 3:\ncase 4:')).toBeUndefined();
  });
});

describe('suffix overlap', () => {
  const suffix = '\n}\n\nexport function second() {\n';

  it('says nothing where the next line is only a bracket', () => {
    expect(suffixOverlap('one();\n}\n', suffix)).toBeUndefined();
  });

  it('cuts before a line that stands behind the caret already', () => {
    const text = 'one();\nconst answer = compute(42);\nmore();';
    expect(cutBy(text, suffixOverlap(text, '\nconst answer = compute(42);\n'))).toBe('one();');
  });

  it('sees through Windows line ends', () => {
    const text = 'one();\r\nconst answer = compute(42);\r\n';
    expect(suffixOverlap(text, '\r\nconst answer = compute(42);\r\n')).toBe(7);
  });
});

describe('the rest of the line', () => {
  it.each(['', ')', ' });', '"]', ' }'])('may be completed before where it is %j', (rest) => {
    expect(mayCompleteBefore(rest)).toBe(true);
  });

  it.each([' {', 'next()', ') + 1'])('may not be completed before where it is %j', (rest) => {
    expect(mayCompleteBefore(rest)).toBe(false);
  });

  it('is replaced where the suggestion writes it itself', () => {
    expect(replacedChars('a, b)', ')')).toBe(1);
    expect(replacedChars('"x"] })', '] })')).toBe(4);
    expect(replacedChars('a, b', ')')).toBe(0);
    expect(replacedChars('', '')).toBe(0);
  });
});
