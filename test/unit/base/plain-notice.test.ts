import { expect, it } from 'vitest';
import { plainNotice } from '../../../src/base/plain-notice';

/** How VS Code finds links in a notification's text (`parseLinkedText`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

it.each([
  'The edits cannot be applied. [Fix it](command:workbench.action.terminal.sendSequence?x): absolute.',
  '[a](https://evil.example)[b](file:///etc/passwd)',
  '[[x]](command:y)',
])('leaves no link in %s', (text) => expect(plainNotice(text).match(LINK)).toBeNull());

it.each(['$(trash) Delete', '\\$(trash)', 'a$(b)'])('leaves no icon in %s', (text) =>
  expect(plainNotice(text)).not.toContain('$('),
);

it('leaves other text as it is', () => expect(plainNotice('src/a.ts [1] (two)')).toBe('src/a.ts [1] (two)'));

it('puts everything on one line that reads from left to right', () =>
  expect(plainNotice('a\n\u202eb')).toBe('a b'));
