import { describe, expect, it } from 'vitest';
import { isLineEnd, lineEndText, tokenize } from '../../../../src/completion/instant/tokens';

describe('tokens', () => {
  it('are words and signs with the space before them', () => {
    expect(tokenize('const a = b.c;').tokens).toEqual(['const', ' a', ' =', ' b', '.', 'c', ';']);
  });

  it('write line ends as the change of indentation, the same at every depth', () => {
    const shallow = tokenize('if (x) {\n  y();\n}').tokens.filter(isLineEnd);
    const deep = tokenize('    if (x) {\n      y();\n    }').tokens.filter(isLineEnd);
    expect(shallow).toEqual(deep);
  });

  it('turn into text again at the indentation of the line', () => {
    expect(lineEndText('\n1+2', '    ', '\n')).toEqual({ text: '\n      ', indent: '      ' });
    expect(lineEndText('\n2-1', '\t\t', '\r\n')).toEqual({ text: '\r\n\r\n\t', indent: '\t' });
    expect(lineEndText('\n1-4', '  ', '\n')).toBeUndefined();
  });

  it('see Windows line ends as the same', () => {
    expect(tokenize('a;\r\n  b;').tokens).toEqual(tokenize('a;\n  b;').tokens);
  });
});
