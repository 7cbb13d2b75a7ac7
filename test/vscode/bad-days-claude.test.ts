import assert from 'node:assert/strict';
import type { Fault } from '../servers/faults';
import { closeAll, open } from './support/editor';
import { run } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

const TARGET = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';
const answering = ({ path }: { readonly path: string }): boolean => path === '/v1/messages';

describe('bad days of Claude', () => {
  let yard: Yard;
  afterEach(() => yard.close());

  /** With no local model that could step in. */
  const alone = async (key = true): Promise<void> => {
    yard = await Yard.open({ key, ollama: { models: [] } });
  };

  async function refactor(): Promise<void> {
    await open('shop/money.ts', TARGET);
    await run('refactor.simplify');
  }

  async function explainOnCloud(): Promise<void> {
    await open('shop/money.ts', TARGET);
    await run('nextCloud');
    await run('explain');
  }

  it('no key: says so, and offers to enter one', async () => {
    await alone(false);

    await refactor();

    assert.equal(yard.outcomes.last?.result, 'refused');
    const { message, buttons } = yard.person.saw(/key|No model/);
    assert.match(message, /No model can answer this now|no Claude key/);
    assert.ok(buttons.includes('See What Is Missing') || buttons.includes('Enter a Claude Key'));
  });

  it('a wrong key when it is entered: is not stored unless the user insists', async () => {
    await alone(false);

    await yard.giveKey('not-a-key');

    const { message, buttons } = yard.person.saw(/^The key was not stored/);
    assert.match(message, /key/);
    assert.deepEqual(buttons, ['Enter Another', 'Store Anyway']);
    await run('testKey');
    yard.person.saw(/No Claude key is stored/);
  });

  const faults: readonly (readonly [string, Fault, RegExp, RegExp])[] = [
    ['a wrong key', { kind: 'status', status: 401 }, /does not accept the key/, /Enter Another Key/],
    ['no credit', { kind: 'status', status: 402 }, /no credit left/, /Open Billing/],
    ['a rate limit', { kind: 'status', status: 429, retryAfterS: 3600 }, /Too many requests.*60 min/, /Wait/],
    ['overload', { kind: 'status', status: 529, retryAfterS: 3600 }, /overloaded/, /Wait/],
    [
      'overload in mid-stream',
      { kind: 'error-mid', error: 'overloaded_error' },
      /overloaded|broke off/,
      /Wait|Try Again/,
    ],
    ['a cut in mid-stream', { kind: 'cut' }, /broke off.*may have been billed/, /Try Again/],
    [
      'a prompt that is too long',
      { kind: 'status', status: 400, error: 'prompt is too long: 1000001 tokens > 1000000 maximum' },
      /more text than the model can take in/,
      /Select Less/,
    ],
  ];
  for (const [name, fault, message, next] of faults) {
    it(`${name}: says what happened and what to do, and goes on`, async () => {
      await alone();
      yard.claude.faults.always(fault, answering);

      await refactor();

      const shown = yard.person.saw(message);
      assert.ok(
        shown.buttons.some((button) => next.test(button)),
        shown.buttons.join(),
      );
      assert.equal(yard.outcomes.last?.result, 'failed');

      yard.claude.faults.clear();
      await closeAll();
      await explainOnCloud();
      assert.equal(yard.outcomes.last.result, 'answered');
    });
  }

  it('a rate limit, when told to wait: asks again by itself once the time is over', async () => {
    await alone();
    // Longer than the one retry that nobody is asked about.
    yard.claude.faults.always({ kind: 'status', status: 429, retryAfterS: 4 }, answering);
    yard.person.answers(/Too many requests/, 'Wait (retry in 4 s)');

    await refactor();
    yard.person.saw(/Too many requests/);
    yard.claude.faults.clear();

    await until('an answer', () => yard.outcomes.last?.result === 'answered');
  });

  it('“Try Again” asks again', async () => {
    await alone();
    yard.claude.faults.always({ kind: 'cut' }, answering);
    yard.person.answers(/broke off/, 'Try Again');

    await refactor();
    yard.claude.faults.clear();

    await until('an answer', () => yard.outcomes.last?.result === 'answered');
  });

  it('a refusal: says so, and blames nobody', async () => {
    await alone();
    yard.cloud = () => ({ text: '', finish: 'refusal' });

    await refactor();

    yard.person.saw(/declined to answer/);
  });

  it('a cut-off answer: proposes nothing that is not whole', async () => {
    await alone();
    yard.cloud = () => `\`\`\`ts\n${'const a = 1;\n'.repeat(20_000)}`;

    await refactor();

    yard.person.saw(/cut off before the code was complete/);
  });

  it('with a local model, that one steps in and says so', async () => {
    yard = await Yard.open();
    yard.claude.faults.always({ kind: 'status', status: 402 }, answering);
    yard.local = () => `\`\`\`ts\n${TARGET.replace('a + b', 'b + a')}\n\`\`\``;

    await refactor();

    assert.equal(yard.outcomes.last?.track, 'local');
    yard.person.saw(/^Proposal by qwen/);
  });

  it('a stream that breaks leaves on the page what came', async () => {
    await alone();
    yard.cloud = () => 'The first words, then more words, then still more of them.';
    yard.claude.faults.always({ kind: 'cut' }, answering);

    await explainOnCloud();

    assert.match(yard.answers.block.text, /^The/);
    assert.equal(yard.answers.block.status, 'failed');
    assert.match(yard.answers.turn.notice?.text ?? '', /broke off/);
  });
});
