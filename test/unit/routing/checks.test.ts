import { describe, expect, test } from 'vitest';
import { agreementEvidence, sampleAgreement } from '../../../src/routing/checks/agreement';
import type { Check, Evidence, LocalAnswer } from '../../../src/routing/checks/check';
import { checksFor } from '../../../src/routing/checks/checks-for';
import { cutOffCheck } from '../../../src/routing/checks/cut-off';
import { logprobsCheck, summariseLogprobs } from '../../../src/routing/checks/logprobs';
import { refusalCheck } from '../../../src/routing/checks/refusal';
import { repeatedShare, repetitionCheck } from '../../../src/routing/checks/repetition';
import { CHECK_LIMIT_MS, runChecks } from '../../../src/routing/checks/run-checks';
import { HandClock, settled } from './a-clock';
import { never } from './a-yard';

const anAnswer = (over: Partial<LocalAnswer> = {}): LocalAnswer => ({
  text: 'It adds two numbers.',
  finish: 'stop',
  logprobs: [],
  ...over,
});

const alive = new AbortController().signal;
const seen = (check: Check, answer: Partial<LocalAnswer>): Evidence => {
  const evidence = check.run(anAnswer(answer), alive);
  if (evidence instanceof Promise) throw new Error('this check answers at once');
  return evidence;
};
const tokens = (...logprobs: number[]): LocalAnswer['logprobs'] =>
  logprobs.map((logprob) => ({ token: 't', logprob }));

describe('log-probabilities', () => {
  test('give the mean and the worst stretch', () => {
    const sure = Array.from({ length: 24 }, () => -0.1);
    const unsure = Array.from({ length: 12 }, () => -2);
    const summary = summariseLogprobs(tokens(...sure, ...unsure, ...sure));
    expect(summary?.mean).toBeCloseTo(Math.exp(-28.8 / 60), 10);
    expect(summary?.worst).toBeCloseTo(Math.exp(-2), 10);
  });

  test('of an answer shorter than a stretch are one stretch', () => {
    const summary = summariseLogprobs(tokens(-0.5, -1.5));
    expect(summary?.worst).toBe(summary?.mean);
  });

  test('count where names and numbers are chosen, not at the signs between them', () => {
    const logprobs = [
      { token: 'rate', logprob: Math.log(0.5) },
      { token: '(', logprob: 0 },
      { token: '2', logprob: Math.log(0.5) },
      { token: ');\n', logprob: 0 },
    ];
    expect(summariseLogprobs(logprobs)?.decisive).toBeCloseTo(0.5, 10);
    expect(seen(logprobsCheck, { logprobs }).saw).toBe(
      'mean token probability 0.71 (0.50 at names and numbers), worst stretch 0.71',
    );
  });

  test('that are all exactly zero are unknown, and so are none', () => {
    expect(seen(logprobsCheck, { logprobs: tokens(0, 0, 0) }).score).toBeUndefined();
    expect(seen(logprobsCheck, { logprobs: [] }).score).toBeUndefined();
  });

  test('say what they saw in words', () => {
    expect(seen(logprobsCheck, { logprobs: tokens(Math.log(0.9)) })).toEqual({
      check: 'logprobs',
      saw: 'mean token probability 0.90, worst stretch 0.90',
      score: expect.closeTo(0.9, 10) as number,
    });
  });
});

describe('cut off', () => {
  test('an empty answer is worth nothing', () => {
    expect(seen(cutOffCheck, { text: ' \n' }).score).toBe(0);
  });

  test('an answer that hit the limit, or left its code block open, is worth little', () => {
    expect(seen(cutOffCheck, { finish: 'length' }).score).toBeLessThan(0.2);
    expect(seen(cutOffCheck, { text: 'See:\n```ts\nlet a = 1;' }).score).toBeLessThan(0.4);
  });

  test('a whole answer is no evidence that it is good', () => {
    expect(seen(cutOffCheck, { text: 'See:\n```ts\nlet a = 1;\n```\n' }).score).toBeUndefined();
  });

  test('is not asked of completions, which end at their limit as a rule', () => {
    expect(checksFor('complete').map((check) => check.name)).toEqual(['logprobs']);
  });
});

describe('repetition', () => {
  test('a model that got stuck is noticed', () => {
    const text = 'The function then calls the next function. '.repeat(20);
    expect(seen(repetitionCheck, { text }).score).toBeLessThan(0.1);
  });

  test('ordinary text and a table of numbers are not', () => {
    const text = Array.from({ length: 80 }, (_, index) => `row ${index} holds the value ${index * 7}`).join(
      '\n',
    );
    expect(seen(repetitionCheck, { text }).score).toBeUndefined();
  });

  test('a short answer cannot tell', () => {
    expect(repeatedShare('no no no no no no no no')).toBe(0);
  });
});

describe('refusal', () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    'I cannot assist with this request.',
    'As an AI language model, I do not have access to your files.',
  ])('"%s" is one', (text) => {
    expect(seen(refusalCheck, { text }).score).toBe(0);
  });

  test('so is what the provider calls one', () => {
    expect(seen(refusalCheck, { finish: 'refusal' }).score).toBe(0);
  });

  test('an explanation of what code cannot do is none', () => {
    expect(
      seen(refusalCheck, { text: 'The parser cannot help but read one token ahead.' }).score,
    ).toBeUndefined();
  });
});

describe('agreement of two samples', () => {
  test('the same words agree wholly, other words not at all', () => {
    expect(sampleAgreement('sorts the users by name', 'sorts the users by name')).toBe(1);
    expect(sampleAgreement('sorts the users', 'opens a socket')).toBe(0);
  });

  test('a longer first sample is compared over the length of the second', () => {
    const first = `sorts users name ${'and then some other things '.repeat(50)}`;
    expect(sampleAgreement(first, 'sorts users name')).toBe(1);
  });

  test('is told as a share of words', () => {
    expect(agreementEvidence('sorts users', 'sorts files')).toMatchObject({
      check: 'agreement',
      score: 0.5833333333333333,
    });
  });
});

describe('running checks', () => {
  const check = (run: Check['run']): Check => ({ name: 'extra', run });

  test('one that throws cannot say', async () => {
    const broken = check(() => {
      throw new Error('boom');
    });
    expect(await runChecks([broken], anAnswer(), new HandClock(), alive)).toEqual([
      { check: 'extra', saw: 'cannot say: it failed' },
    ]);
  });

  test('one that is too slow cannot say, and is told to stop', async () => {
    const clock = new HandClock();
    let stopped = false;
    const slow = check((_answer, signal) => {
      signal.addEventListener('abort', () => (stopped = true));
      return never;
    });
    const running = runChecks([slow], anAnswer(), clock, alive);
    await clock.turn(CHECK_LIMIT_MS);
    expect(await running).toEqual([{ check: 'extra', saw: 'cannot say: it took too long' }]);
    expect(stopped).toBe(true);
  });

  test('a cancelled request waits for none, and leaves no timer', async () => {
    const clock = new HandClock();
    const stop = new AbortController();
    const running = runChecks([check(() => never)], anAnswer(), clock, stop.signal);
    stop.abort();
    expect(await running).toHaveLength(1);
    await settled();
    expect(clock.pending).toBe(0);
  });
});
