import { expect, it } from 'vitest';
import { countOf } from '../../../src/models/wire/count';

it.each([
  ['12', 12],
  ['0', 0],
  ['7.9', 7],
  ['-5', 3],
  ['1e999', 3],
  ['null', 3],
  ['"12"', 3],
])('%s from a server counts as %d where 3 was known before', (json, count) => {
  expect(countOf(JSON.parse(json), 3)).toBe(count);
});
