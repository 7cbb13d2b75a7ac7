import { expect, test } from 'vitest';
import { explainOutcome } from '../../../src/routing/why';
import type { Outcome } from '../../../src/routing/outcome';
import { aRequest, aYard } from './a-yard';

const WORDS = ['It sorts ', 'the users.'];

const whyLines = (outcome: Outcome, attemptsUsd?: readonly (number | undefined)[]): string[] =>
  explainOutcome(outcome, attemptsUsd).flatMap(({ heading, lines }) => [
    heading,
    ...lines.map((line) => `  ${line}`),
  ]);

test('an escalated explanation tells its whole story', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS, logprob: -2 }];
  const outcome = await it.yard.submit(aRequest('explain')).outcome;
  expect(whyLines(outcome, [0, 0.00011])).toEqual([
    'Decision',
    '  on this machine: coder:7b',
    '  explanations start on this machine, where they are free',
    '  looks simple: short and self-contained',
    '  the local answer was doubtful: mean token probability 0.14, worst stretch 0.14 (score 0.33, under the threshold of 0.50)',
    '  estimated 400 tokens in, 500 out, free',
    'What happened',
    '  first: coder:7b answered, but doubtfully (100 tokens in, 2 out, 50 ms, free)',
    '  escalation: small answered (100 tokens in, 2 out, 50 ms, $0.00011)',
    '  answered in the cloud, after 1 ms',
    'Checks',
    '  logprobs: mean token probability 0.14, worst stretch 0.14 (score 0.14)',
    '  cut-off: the answer came to its end',
    '  repetition: 0 % of its phrases are repeats',
    '  refusal: the model answered',
    '  together: score 0.33; most telling: mean token probability 0.14, worst stretch 0.14',
  ]);
});

test('what a second sample showed is told once', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }];
  const outcome = await it.yard.submit(aRequest('explain')).outcome;
  expect(outcome.attempts.map(({ role }) => role)).toEqual(['first', 'sample']);
  expect(whyLines(outcome).filter((line) => line.includes('agreement'))).toEqual([
    '  agreement: a second sample shares 100 % of its words (score 1.00)',
  ]);
});

test('a price that is unknown is never shown as nothing', async () => {
  const it = aYard({}, { price: () => undefined });
  const outcome = await it.yard.submit(aRequest('ask')).outcome;
  const text = whyLines(outcome).join('\n');
  expect(text).toContain('50 ms, price unknown)');
  expect(text).toContain('estimated 400 tokens in, 1000 out, price unknown');
});

test('a probability is told only where it was calibrated', async () => {
  const told = async (by: 'own' | 'published'): Promise<readonly string[]> => {
    const calibrated = { kind: 'calibrated', probability: 0.78, by, answers: 60 } as const;
    const combined = { confidence: 0.62, calibrated, words: ['all agree'] } as const;
    return whyLines(await aYard({}, { combine: () => combined }).yard.submit(aRequest('explain')).outcome);
  };
  expect(await told('own')).toContain(
    '  together: of those you judged, you kept about 78 % of answers like this',
  );
  expect(await told('published')).toContain(
    '  together: about 78 % of answers like this were right where it was measured',
  );
});

test('what would have been chosen otherwise, and why not, is said', async () => {
  const it = aYard({ offline: true });
  const outcome = await it.yard.submit(aRequest('refactor')).outcome;
  expect(whyLines(outcome)).toContain(
    '  otherwise it would have run in the cloud (large); the offline switch is on',
  );
});

test('redactions and blocked files are counted and named', async () => {
  const it = aYard();
  const outcome = await it.yard.submit(aRequest('explain')).outcome;
  const privacy = {
    redactions: { 'github-token': 2 },
    blocked: [{ path: 'conf/.env', rule: 'denied-file' }],
  } as const;
  const section = explainOutcome({ ...outcome, privacy }).find(({ heading }) => heading === 'Privacy');
  expect(section?.lines).toEqual([
    '2 × github-token replaced by a placeholder',
    'left out: conf/.env (denied-file)',
  ]);
});
