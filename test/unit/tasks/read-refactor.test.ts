import { describe, expect, it } from 'vitest';
import { readCodeBlock } from '../../../src/tasks/code-block';
import { readRefactor } from '../../../src/tasks/read-refactor';

describe('reading the code block of an answer', () => {
  it('takes the first fenced block and ignores the words around it', () => {
    const answer = 'Here you are:\n```ts\nconst a = 1;\n```\nDone.';
    expect(readCodeBlock(answer)).toEqual({ kind: 'code', code: 'const a = 1;', closed: true });
  });

  it('gives what has streamed in so far while the fence is open', () => {
    expect(readCodeBlock('```ts\nconst a = 1;\ncon')).toEqual({
      kind: 'code',
      code: 'const a = 1;\ncon',
      closed: false,
    });
  });

  it('holds back a last line that may become the closing fence', () => {
    expect(readCodeBlock('```ts\nconst a = 1;\n``')).toEqual({
      kind: 'code',
      code: 'const a = 1;',
      closed: false,
    });
  });

  it('keeps a shorter fence inside a longer one', () => {
    const answer = '````md\n```js\nx\n```\n````';
    expect(readCodeBlock(answer)).toEqual({ kind: 'code', code: '```js\nx\n```', closed: true });
  });

  it('knows an empty block from none', () => {
    expect(readCodeBlock('```\n```')).toEqual({ kind: 'code', code: '', closed: true });
    expect(readCodeBlock('I cannot do that.')).toEqual({ kind: 'none' });
  });
});

describe('reading a refactor', () => {
  const fenced = (code: string): string => '```ts\n' + code + '\n```';

  it('gives the replacement for the selection', () => {
    expect(readRefactor(fenced('const b = 2;'), 'const a = 1;')).toEqual({
      kind: 'replacement',
      text: 'const b = 2;',
    });
  });

  it('gives back the indentation a model dropped', () => {
    const answer = fenced('if (x) {\n  go();\n}');
    expect(readRefactor(answer, '    if (x) go();')).toEqual({
      kind: 'replacement',
      text: '    if (x) {\n      go();\n    }',
    });
  });

  it('leaves indentation alone that the model kept', () => {
    expect(readRefactor(fenced('    go(2);'), '    go();')).toEqual({
      kind: 'replacement',
      text: '    go(2);',
    });
  });

  it('does not indent again what kept its place, though a new line stands at the margin', () => {
    const answer = fenced('// Adds one.\n  go();');
    expect(readRefactor(answer, '  go();')).toEqual({ kind: 'replacement', text: '// Adds one.\n  go();' });
  });

  it('writes CRLF where the selection had CRLF', () => {
    expect(readRefactor(fenced('a\nb'), 'x\r\ny')).toEqual({ kind: 'replacement', text: 'a\r\nb' });
  });

  it('ends with a line break exactly where the selection did', () => {
    expect(readRefactor(fenced('b'), 'a\n')).toEqual({ kind: 'replacement', text: 'b\n' });
    expect(readRefactor('```\nb\n\n```', 'a')).toEqual({ kind: 'replacement', text: 'b' });
  });

  it.each([
    ['no code at all', 'Sorry.', 'no-code'],
    ['a block that never closes', '```ts\nconst b', 'cut-off'],
    ['an empty block', '```\n```', 'empty'],
    ['the code as it was', fenced('const a = 1;'), 'unchanged'],
  ])('names %s', (_what, answer, reason) => {
    expect(readRefactor(answer, 'const a = 1;')).toEqual({ kind: 'unusable', reason });
  });
});
