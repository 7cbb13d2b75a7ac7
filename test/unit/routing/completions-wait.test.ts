import { expect, test } from 'vitest';
import { completionsWait } from '../../../src/routing/completions-wait';
import type { ActiveRequest } from '../../../src/routing/yard';
import { aPolicy, LOCAL_CHAT } from './a-world';

const explaining: ActiveRequest = { id: 'r', task: 'explain', track: 'local', model: LOCAL_CHAT, since: 0 };
const oneModel = aPolicy({ models: { complete: { ...LOCAL_CHAT }, explain: LOCAL_CHAT } });

test('with one model for both, completions wait while it explains', () => {
  expect(completionsWait([explaining], oneModel)).toBe(true);
});

test('with two models they do not', () => {
  expect(completionsWait([explaining], aPolicy())).toBe(false);
});

test('a completion under way keeps no other waiting: the newest wins', () => {
  expect(completionsWait([{ ...explaining, task: 'complete' }], oneModel)).toBe(false);
});

test('with nothing under way they do not', () => {
  expect(completionsWait([], oneModel)).toBe(false);
});
