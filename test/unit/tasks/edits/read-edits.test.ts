import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../../src/tasks/edits/proposal';
import { EditReader, readEdits } from '../../../../src/tasks/edits/read-edits';

const pair = (search: string, replace: string): string =>
  [
    '<<<<<<< SEARCH',
    ...(search === '' ? [] : [search]),
    '=======',
    ...(replace === '' ? [] : [replace]),
    '>>>>>>> REPLACE',
  ].join('\n');
const block = (path: string, ...pairs: string[]): string => ['```edit ' + path, ...pairs, '```'].join('\n');

describe('an answer with edits', () => {
  it('gives each pair with its file, in order, and ignores the prose around them', () => {
    const answer = [
      'I renamed it:',
      block('src/a.ts', pair('let a;', 'let b;'), pair('use(a)', 'use(b)')),
      'and in the test:',
      block('test/a.test.ts', pair('  a\n  b', '  c')),
      'Done. Like `<<<<<<< SEARCH` would.',
    ].join('\n\n');
    expect(readEdits(answer)).toEqual({
      edits: [
        { kind: 'replace', path: 'src/a.ts', search: 'let a;', replace: 'let b;' },
        { kind: 'replace', path: 'src/a.ts', search: 'use(a)', replace: 'use(b)' },
        { kind: 'replace', path: 'test/a.test.ts', search: '  a\n  b', replace: '  c' },
      ],
      malformed: [],
    });
  });

  it('adds a file where nothing is searched', () => {
    expect(readEdits(block('src/new.ts', pair('', 'export {};'))).edits).toEqual([
      { kind: 'create', path: 'src/new.ts', text: 'export {};\n' },
    ]);
  });

  it('takes lines out where nothing is put in their place', () => {
    expect(readEdits(block('a.ts', pair('gone', ''))).edits).toEqual([
      { kind: 'replace', path: 'a.ts', search: 'gone', replace: '' },
    ]);
  });

  it('may hold fences, headings and marks of other lengths in its text', () => {
    const text = '# Title\n```ts\nlet a;\n```\n====\n<<<<\n========== ten';
    expect(readEdits(block('README.md', pair('x', text))).edits).toEqual([
      { kind: 'replace', path: 'README.md', search: 'x', replace: text },
    ]);
  });

  it('may come with Windows line ends', () => {
    expect(readEdits(block('a.ts', pair('a', 'b')).replaceAll('\n', '\r\n')).edits).toEqual([
      { kind: 'replace', path: 'a.ts', search: 'a', replace: 'b' },
    ]);
  });

  it('may be one of plain code, which proposes nothing', () => {
    expect(readEdits('Try this:\n```ts src/a.ts\nlet a = 1;\n```\n')).toEqual({ edits: [], malformed: [] });
  });
});

describe('the file of an edit', () => {
  const code = pair('a', 'b');
  const spellings: Record<string, string> = {
    'on the fence, after our word': '```edit src/a.ts\n' + code + '\n```',
    'on the fence, after a language': '```typescript src/a.ts\n' + code + '\n```',
    'on the fence, after a colon': '```ts:src/a.ts\n' + code + '\n```',
    'on the fence, as an attribute': '```ts title="src/a.ts"\n' + code + '\n```',
    'on the fence, alone': '```src/a.ts\n' + code + '\n```',
    'on the fence, quoted': '```edit "src/a.ts"\n' + code + '\n```',
    'above the fence': 'src/a.ts\n```ts\n' + code + '\n```',
    'above the fence, in backticks': 'Some words.\n\n`src/a.ts`\n```\n' + code + '\n```',
    'above the fence, bold with a colon': '**src/a.ts**:\n\n```ts\n' + code + '\n```',
    'above the fence, as a heading': '### `src/a.ts`\n```ts\n' + code + '\n```',
    'above the fence, introduced': 'File: src/a.ts\n```ts\n' + code + '\n```',
    'with tildes': '~~~edit src/a.ts\n' + code + '\n~~~',
    'above the marks, with no fence at all': 'src/a.ts\n' + code,
    'after a block that was not closed': '```ts\nlet x;\n```edit src/a.ts\n' + code + '\n```',
  };
  for (const [name, answer] of Object.entries(spellings)) {
    it(`is read ${name}`, () => {
      expect(readEdits(answer)).toEqual({
        edits: [{ kind: 'replace', path: 'src/a.ts', search: 'a', replace: 'b' }],
        malformed: [],
      });
    });
  }

  it('is not guessed from a sentence', () => {
    expect(readEdits(`Change the file e.g. like this.\n\n\`\`\`ts\n${code}\n\`\`\``).malformed).toEqual([
      { line: 4, why: 'no-path' },
    ]);
  });
});

describe('an answer that breaks the form', () => {
  const cases: Record<string, [string, Proposal['malformed']]> = {
    'cut off in the searched lines': ['```edit a.ts\n<<<<<<< SEARCH\nlet', [{ line: 2, why: 'not-closed' }]],
    'cut off in the new lines': [
      '```edit a.ts\n<<<<<<< SEARCH\na\n=======\nb',
      [{ line: 2, why: 'not-closed' }],
    ],
    'cut off in the last mark': [
      '```edit a.ts\n<<<<<<< SEARCH\na\n=======\nb\n>>>>',
      [{ line: 2, why: 'not-closed' }],
    ],
    'without a divider': [
      '```edit a.ts\n<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n```',
      [{ line: 2, why: 'no-divider' }],
    ],
    'with an edit inside another': [
      '```edit a.ts\n<<<<<<< SEARCH\na\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```',
      [{ line: 2, why: 'not-closed' }],
    ],
  };
  for (const [name, [answer, malformed]] of Object.entries(cases)) {
    it(`is found out: ${name}`, () => {
      expect(readEdits(answer).malformed).toEqual(malformed);
    });
  }

  it('stops growing when a model is caught in a loop', () => {
    const proposal = readEdits(block('a.ts', ...Array.from({ length: 600 }, () => pair('a', 'b'))));
    expect(proposal.edits).toHaveLength(500);
    expect(proposal.malformed).toContainEqual(expect.objectContaining({ why: 'too-many' }));
  });
});

describe('an answer that is still coming', () => {
  const answer = [
    'Text',
    block('src/a.ts', pair('a', 'b'), pair('c\nd', '')),
    block('n.md', pair('', 'x')),
  ].join('\n');

  it('reads the same however it is cut', () => {
    const whole = readEdits(answer);
    expect(whole.edits).toHaveLength(3);
    for (let size = 1; size <= answer.length; size += 3) {
      const reader = new EditReader();
      for (let at = 0; at < answer.length; at += size) reader.push(answer.slice(at, at + size));
      expect(reader.end()).toEqual(whole);
    }
  });

  it('shows what is done, and which file is being written', () => {
    const reader = new EditReader();
    reader.push('```edit src/a.ts\n<<<<<<< SEARCH\na\n====');
    expect([reader.edits.length, reader.writing]).toEqual([0, 'src/a.ts']);
    reader.push('===\nb\n>>>>>>> REPLACE\n');
    expect([reader.edits.length, reader.writing]).toEqual([1, undefined]);
  });
});
