import { expect, test } from 'vitest';
import { editedSince } from '../../../src/tasks/edited-since';

const ACCEPTED = 'function total(a: number) {\n  return a;\n}\n';

test.each([
  ['is as it was accepted', `const x = 1;\n${ACCEPTED}`, false],
  ['has the line ends of its document', ACCEPTED.replaceAll('\n', '\r\n'), false],
  [
    'was indented anew by a formatter',
    'function total(\n\ta: number,\n) {\n\treturn a;\n}'.replace(',', ''),
    false,
  ],
  ['had a word changed', ACCEPTED.replace('return a', 'return 2 * a'), true],
  ['was taken back', 'const x = 1;\n', true],
])('an accepted text that %s', (_, document, edited) => {
  expect(editedSince(document, ACCEPTED)).toBe(edited);
});
