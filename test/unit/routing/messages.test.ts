import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../../../src/models/failure';
import type { RefusalRule } from '../../../src/routing/decision';
import { failureMessage, outcomeMessage, refusalMessage } from '../../../src/routing/messages';

const FAILURES: Readonly<Record<FailureKind, true>> = {
  unreachable: true,
  timeout: true,
  busy: true,
  'model-missing': true,
  'no-infill': true,
  'out-of-memory': true,
  'no-key': true,
  'bad-key': true,
  'no-credit': true,
  'spend-limit': true,
  forbidden: true,
  'rate-limited': true,
  overloaded: true,
  'context-too-long': true,
  refused: true,
  'invalid-request': true,
  protocol: true,
  server: true,
  cancelled: true,
};
const REFUSALS: Readonly<Record<RefusalRule, true>> = {
  offline: true,
  'organisation-policy': true,
  'restricted-mode': true,
  privacy: true,
  'declined-at-preview': true,
  'budget-cap': true,
  'no-track': true,
};
const failures = Object.keys(FAILURES) as FailureKind[];
const refusals = Object.keys(REFUSALS) as RefusalRule[];

/** Choices of the user themselves, and what only the administrator can change, have no button. */
const WITHOUT_BUTTON = new Set(['cancelled', 'declined-at-preview', 'organisation-policy']);

describe.each(['local', 'cloud'] as const)('a failure on the %s track', (track) => {
  test.each(failures)('%s is told in a short sentence with a next step', (failure) => {
    const { message, next } = failureMessage(failure, { track, model: 'some-model' });
    expect(message).toMatch(/^[A-Z\w][^]*[.?]$/);
    expect(message.length).toBeLessThan(120);
    if (!WITHOUT_BUTTON.has(failure) && !(failure === 'refused' && track === 'cloud')) {
      expect(next?.title).toMatch(/^\w.{3,}/);
    }
  });
});

test.each(refusals)('a refusal by %s is told with its rule in words', (rule) => {
  const { message, next } = refusalMessage(rule);
  expect(message).toMatch(/\.$/);
  expect(next === undefined).toBe(WITHOUT_BUTTON.has(rule));
});

test('Ollama that is not running and a cloud without network have different remedies', () => {
  expect(failureMessage('unreachable', { track: 'local' }).next?.step).toBe('start-local-engine');
  expect(failureMessage('unreachable', { track: 'cloud' }).next?.step).toBe('retry');
});

test('a rate limit says how long to wait, rounded up', () => {
  const wait = (retryAfterMs: number): string =>
    failureMessage('rate-limited', { track: 'cloud', retryAfterMs }).next?.title ?? '';
  expect(wait(39_200)).toBe('Wait (retry in 40 s)');
  expect(wait(3_600_000)).toBe('Wait (retry in 60 min)');
});

test('a missing model is named', () => {
  expect(failureMessage('model-missing', { track: 'local', model: 'coder:7b' })).toEqual({
    message: 'coder:7b is not installed.',
    next: { step: 'pull-model', title: 'Pull Model' },
  });
});

test('an answer needs no message, every other outcome has one', () => {
  const context = { track: 'local' } as const;
  expect(outcomeMessage({ kind: 'answered', track: 'local' }, context)).toBeUndefined();
  expect(outcomeMessage({ kind: 'cancelled' }, context)?.message).toBe('Stopped.');
  expect(outcomeMessage({ kind: 'refused', rule: 'offline' }, context)?.next?.step).toBe('switch-online');
  expect(outcomeMessage({ kind: 'failed', failure: 'bad-key', message: 'x' }, context)?.next?.step).toBe(
    'enter-key',
  );
});

describe('names', () => {
  const said = (failure: FailureKind, track: 'local' | 'cloud', provider: string): string =>
    failureMessage(failure, { track, provider }).message;

  test('are those of who was really asked', () => {
    expect(said('unreachable', 'local', 'ollama')).toBe('Ollama cannot be reached. Is it running?');
    expect(said('unreachable', 'local', 'inside')).toBe('The engine inside cannot be reached.');
    expect(said('unreachable', 'cloud', 'claude')).toMatch(/^Claude cannot/);
    expect(said('overloaded', 'cloud', 'openai')).toBe('The server is overloaded at the moment.');
    expect(said('protocol', 'cloud', 'openai')).toMatch(/^The answer from the server broke off/);
  });

  test('bring the remedies of that provider and of no other', () => {
    const step = (failure: FailureKind, provider: string): string | undefined =>
      failureMessage(failure, { track: 'local', provider }).next?.step;
    expect(step('unreachable', 'openai')).toBe('diagnose');
    expect(step('model-missing', 'inside')).toBe('choose-model');
    expect(step('model-missing', 'ollama')).toBe('pull-model');
    expect(step('bad-key', 'openai')).toBe('open-settings');
    expect(step('bad-key', 'claude')).toBe('enter-key');
  });
});
