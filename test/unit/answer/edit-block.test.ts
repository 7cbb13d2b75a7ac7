import { describe, expect, it } from 'vitest';
import { diffLines, editedFile } from '../../../src/answer/edit-block';

const shown = (block: string): string =>
  diffLines(block)
    .map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+', gap: '…' }[kind]}${text}`)
    .join('\n');

describe('an edit in an answer', () => {
  it('is known by its fence, which names the file', () => {
    expect(editedFile('edit shop/cart.ts ')).toBe('shop/cart.ts');
    expect(editedFile('ts')).toBeUndefined();
    expect(editedFile('edit')).toBeUndefined();
  });

  it('shows what goes and what comes, and lines around it as they are', () => {
    expect(shown('<<<<<<< SEARCH\nhead\nold\ntail\n=======\nhead\nnew\nmore\ntail\n>>>>>>> REPLACE\n')).toBe(
      ' head\n-old\n+new\n+more\n tail',
    );
  });

  it('shows a new file as added', () => {
    expect(shown('<<<<<<< SEARCH\n=======\none\ntwo\n>>>>>>> REPLACE')).toBe('+one\n+two');
  });

  it('keeps two places in a file apart', () => {
    expect(
      shown('<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc\n=======\nd\n>>>>>>> REPLACE'),
    ).toBe('-a\n+b\n…\n-c\n+d');
  });

  it('is shown as far as it has come', () => {
    expect(shown('<<<<<<< SEARCH\nold')).toBe(' old');
    expect(shown('<<<<<<< SEARCH\nold\n=======\nnew')).toBe('-old\n+new');
  });
});
