import { describe, expect, it } from 'vitest';
import { findAnswerLinks } from '../../../src/tasks/answer-links';

const known = new Set(['src/cart.ts', 'README.md']);

describe('places an answer refers to', () => {
  it('are known files, with their line where one is given', () => {
    const answer = 'See `src/cart.ts:12` and `README.md`.';
    expect(findAnswerLinks(answer, known).map(({ path, line }) => ({ path, line }))).toEqual([
      { path: 'src/cart.ts', line: 12 },
      { path: 'README.md', line: undefined },
    ]);
  });

  it('are never files that were not given to the model', () => {
    expect(findAnswerLinks('`/etc/passwd:1` `../secret.ts:3` `src/other.ts`', known)).toEqual([]);
  });
});
