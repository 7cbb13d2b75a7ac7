import assert from 'node:assert/strict';
import { OUT_OF_MEMORY } from '../servers/ollama/errors';
import { DEFAULT_MODELS } from '../servers/ollama/models';
import type { Fault } from '../servers/faults';
import { closeAll, open } from './support/editor';
import { run, setting } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

const answering = ({ path }: { readonly path: string }): boolean => path === '/api/chat';

describe('bad days of Ollama', () => {
  let yard: Yard;
  beforeEach(async () => (yard = await Yard.open({ key: false })));
  afterEach(() => yard.close());

  async function explain(): Promise<void> {
    await open('shop/money.ts', 'export const percent');
    await run('explain');
  }

  function says(text: RegExp, next: RegExp): void {
    assert.match(yard.answers.turn.notice?.text ?? '(no notice)', text);
    assert.match(yard.answers.turn.notice?.action?.title ?? '(no button)', next);
  }

  /** One failure must not keep anything else from working. */
  async function worksAgain(): Promise<void> {
    yard.ollama.faults.clear();
    yard.answers.close();
    await explain();
    assert.equal(yard.outcomes.last?.result, 'answered');
  }

  const faults: readonly (readonly [string, Fault, RegExp, RegExp])[] = [
    [
      'out of memory',
      { kind: 'status', status: 500, error: OUT_OF_MEMORY },
      /does not fit into memory/,
      /^Choose a Smaller Model$/,
    ],
    ['a full queue', { kind: 'status', status: 503 }, /busy with other requests/, /^Try Again$/],
    ['garbage in mid-stream', { kind: 'bad-json' }, /broke off or came back garbled/, /^Try Again$/],
    ['a cut in mid-stream', { kind: 'cut' }, /broke off or came back garbled/, /^Try Again$/],
    ['an error in mid-stream', { kind: 'error-mid' }, /./, /^Diagnose$/],
    ['a reset connection', { kind: 'reset' }, /./, /^Start Ollama$/],
  ];
  for (const [name, fault, message, next] of faults) {
    it(`${name}: says what happened and what to do, and goes on`, async () => {
      yard.ollama.faults.always(fault, answering);

      await explain();

      says(message, next);
      assert.equal(yard.outcomes.last?.result, 'failed');
      await worksAgain();
    });
  }

  it('it goes away: says so, and is used again within a probe once it is back', async () => {
    await yard.ollama.refuse();

    await explain();
    says(/cannot be reached|No model can answer/, /^(Start Ollama|See What Is Missing)$/);

    await yard.ollama.listenAgain();
    await until(
      'an answer',
      async () => {
        yard.answers.close();
        await explain();
        return yard.outcomes.last?.result === 'answered';
      },
      25_000,
    );
  });

  it('it was never there: says what is missing', async () => {
    await setting('ollama.endpoint', 'http://127.0.0.1:9');

    await until('the bad news', async () => {
      yard.answers.close();
      await explain();
      return yard.outcomes.last?.result === 'refused';
    });

    says(/neither a local one nor the cloud/, /^See What Is Missing$/);
  });

  it('the chosen model is not installed: offers to pull it', async () => {
    await setting('models.explain', 'not-there:7b');

    await until('the other model', async () => {
      yard.answers.close();
      await explain();
      return yard.outcomes.last?.result === 'failed';
    });

    says(/not-there:7b is not installed/, /^Pull Model$/);
  });

  it('the model is removed in a terminal: says so, and the next request goes to another', async () => {
    await explain();
    assert.deepEqual(yard.outcomes.last?.models.slice(0, 1), ['qwen2.5-coder:7b']);
    yard.answers.close();
    yard.ollama.models.splice(
      0,
      yard.ollama.models.length,
      ...DEFAULT_MODELS.filter(({ name }) => name !== 'qwen2.5-coder:7b'),
    );

    await explain();
    says(/qwen2.5-coder:7b is not installed/, /^Pull Model$/);

    await until('another model', async () => {
      yard.answers.close();
      await explain();
      return yard.outcomes.last?.result === 'answered';
    });
  });

  it('no model fills in the middle: explanations work', async () => {
    yard.ollama.models.splice(
      0,
      yard.ollama.models.length,
      ...DEFAULT_MODELS.filter(({ name }) => name === 'llama3.2:3b'),
    );

    await closeAll();
    // The first request is for a model that is gone; what it finds makes for a look at what is there.
    await until('an explanation', async () => {
      await explain();
      return yard.outcomes.last?.result === 'answered';
    });
  });

  it('with a key, Claude takes over and the answer says why', async () => {
    await yard.giveKey();
    yard.ollama.faults.always({ kind: 'status', status: 500, error: OUT_OF_MEMORY }, answering);
    yard.cloud = () => 'From the cloud.';

    await explain();

    assert.equal(yard.answers.block.text, 'From the cloud.');
    assert.match(yard.answers.block.announced ?? '', /memory/);
    assert.equal(yard.outcomes.last?.track, 'cloud');
  });
});
