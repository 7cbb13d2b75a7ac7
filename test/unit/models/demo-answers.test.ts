import { describe, expect, it } from 'vitest';
import { readEdits } from '../../../src/tasks/edits/read-edits';
import { instantAnswers } from '../../servers/answers/answers';
import { fillIn } from '../../servers/answers/fill-in';
import { answerOf, type Question } from '../../servers/question';

/** Code with the caret drawn as █. */
const fill = (code: string): string => {
  const [prefix = '', suffix = ''] = code.split('█');
  return fillIn(prefix, suffix);
};
const ask = async (text: string, system = ''): Promise<string> => {
  const question: Question = { kind: 'chat', model: 'any', system, messages: [{ role: 'user', text }] };
  return (await answerOf(instantAnswers, question, new AbortController().signal)).text;
};

describe('what the servers of the demo answer', () => {
  it.each([
    ['function add(a, b) {█', '\n  return a + b;\n}'],
    ['function add(a, b) {█\n}', '\n  return a + b;'],
    ['def area(width, height):\n    █', 'return width * height'],
    ['const double = (n: number) => █', 'n * 2;'],
    ['// Adds two prices\n█', 'function addsTwoPrices(a: number, b: number) {\n  return a + b;\n}'],
    ["rows.push('');\nrows.█", "push('');"],
    ['const CLOSING_HOUR = 18;\nif (hour > CLOS█)', 'ING_HOUR'],
  ])('%j is continued by %j', (code, expected) => {
    expect(fill(code)).toBe(expected);
  });
  it('nothing in the middle of a word', () => {
    expect(fill('const to█tal = 1;')).toBe('');
  });
  it('an explanation in Markdown', async () => {
    const answer = await ask(
      'Explain:\n```ts\nfunction add(a: number, b: number) {\n  return a + b;\n}\n```\nBriefly.',
    );
    expect(answer).toMatch(/^`add` adds in 3 lines of ts\./);
    expect(answer).toContain('### How it works');
  });
  it('a refactoring as one block of code in the language it came in', async () => {
    const answer = await ask(
      '```ts\nvar x = 1;\n```\nWhat to do: Simplify.\n\nAnswer with one fenced code block.',
    );
    expect(answer).toBe('```ts\nconst x = 1;\n```\n');
  });
  it('edits to several files that the edit reader takes', async () => {
    const answer = await ask(
      'File a.ts:\n```ts\nexport const total = 1;\n```\n\nFile b.ts:\n```ts\nimport { total } from "./a";\n```\n\n<<<<<<< SEARCH\n\nQuestion: rename total to sum',
    );
    expect(answer).toContain(
      '```edit a.ts\n<<<<<<< SEARCH\nexport const total = 1;\n=======\nexport const sum = 1;\n>>>>>>> REPLACE\n```',
    );
    expect(JSON.stringify(readEdits(answer))).toContain('b.ts');
  });
});
