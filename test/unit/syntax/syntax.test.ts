import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Syntax } from '../../../src/syntax/syntax';

const require = createRequire(import.meta.url);
const grammars = path.join(path.dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm');
const runtime = path.dirname(require.resolve('web-tree-sitter'));
const syntax = new Syntax((name) => path.join(name === 'web-tree-sitter.wasm' ? runtime : grammars, name));

/** The fixture without its caret, and where that stood. */
const at = (marked: string): [text: string, offset: number] => [marked.replace('█', ''), marked.indexOf('█')];

describe('syntax errors', () => {
  it('are none in code that parses', async () => {
    expect(await syntax.countErrors('typescript', 'const a: number = 1;\n')).toBe(0);
    expect(await syntax.countErrors('python', 'def f(a):\n    return a\n')).toBe(0);
  });

  it('are counted in code that does not', async () => {
    expect(await syntax.countErrors('typescript', 'const a = (;\n')).toBeGreaterThan(0);
    expect(await syntax.countErrors('python', 'def f(:\n    return\n')).toBeGreaterThan(0);
  });

  it('are unknown for a language without a grammar', async () => {
    expect(await syntax.countErrors('cobol', 'MOVE A TO B.')).toBeUndefined();
  });
});

describe('the declaration around the caret', () => {
  it('is the innermost one', async () => {
    const [text, offset] = at('class Cart {\n  total() {\n    return █1;\n  }\n}\n');
    expect(await syntax.declarationAround('typescript', text, offset)).toEqual({
      name: 'total',
      start: text.indexOf('total'),
      end: text.indexOf('}\n}') + 1,
    });
  });

  it('is found in Python, Go, Rust and Java too', async () => {
    const cases: [string, string, string][] = [
      ['python', 'def plan(a):\n    return █a\n', 'plan'],
      ['go', 'package a\n\nfunc Plan() int {\n\treturn █1\n}\n', 'Plan'],
      ['rust', 'fn plan() -> i32 {\n    █1\n}\n', 'plan'],
      ['java', 'class A {\n  int plan() {\n    return █1;\n  }\n}\n', 'plan'],
    ];
    for (const [language, marked, name] of cases) {
      expect((await syntax.declarationAround(language, ...at(marked)))?.name).toBe(name);
    }
  });

  it('is none at the top of a file', async () => {
    expect(await syntax.declarationAround('typescript', ...at('█const a = 1;\n'))).toBeUndefined();
  });
});
