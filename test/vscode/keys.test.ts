import assert from 'node:assert/strict';
import { open } from './support/editor';
import { run } from './support/extension';
import { until } from './support/until';
import { KEY, Yard } from './support/yard';

/** Of nobody; the stand-in takes whatever begins like a key. */
const FOUND = 'sk-ant-from-the-environment-0123456789';
const QUESTION = /^ANTHROPIC_API_KEY is set/;

describe('the Claude key', () => {
  let yard: Yard;
  beforeEach(async () => {
    yard = await Yard.open({ key: false });
    process.env['ANTHROPIC_API_KEY'] = FOUND;
  });
  afterEach(async () => {
    delete process.env['ANTHROPIC_API_KEY'];
    await yard.close();
  });

  async function refactor(): Promise<void> {
    await open('shop/money.ts', 'export const add');
    yard.person.answers(/^Proposal by/, 'Reject');
    await run('refactor.simplify');
  }

  const bearers = (): readonly unknown[] =>
    yard.cloudRequests.map(({ headers }) => headers.authorization ?? headers['x-api-key']);

  it('in the environment is used after one yes, and never stored: gone there, there is none', async () => {
    yard.person.answers(QUESTION, 'Use It');

    await refactor();
    await until('the question', () => yard.person.shown.some(({ message }) => QUESTION.test(message)));
    assert.deepEqual(bearers(), [], 'the key was used unasked');

    await refactor();
    assert.equal(yard.outcomes.last?.track, 'cloud');
    assert.match(String(bearers()[0]), new RegExp(FOUND));
    assert.equal(yard.person.shown.filter(({ message }) => QUESTION.test(message)).length, 1);

    delete process.env['ANTHROPIC_API_KEY'];
    const asked = yard.cloudRequests.length;
    await refactor();
    assert.equal(yard.cloudRequests.length, asked);
  });

  it('in the environment gives way to the one that was entered', async () => {
    await yard.giveKey();

    await refactor();

    assert.match(String(bearers()[0]), new RegExp(KEY));
  });
});
