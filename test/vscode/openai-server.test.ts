import assert from 'node:assert/strict';
import { startOpenAIServer, type OpenAIServer } from '../servers/openai/server';
import { open } from './support/editor';
import { run, setting } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

const KEY = 'sk-of-the-team-0123456789';
const MODEL = 'gpt-5.5';
const ADD = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';

describe('an OpenAI-compatible server', () => {
  let yard: Yard;
  let server: OpenAIServer;
  before(async () => {
    server = await startOpenAIServer({ models: [MODEL], key: KEY, answer: () => 'The server explains it.' });
    yard = await Yard.open();
    yard.person.answers(/^Key of the OpenAI-compatible server/, KEY);
    await run('enterServerKey');
    await setting('openai.endpoint', `${server.url}/v1`);
    await setting('openai.model', MODEL);
  });
  after(async () => {
    yard.person.answers(/^Key of the OpenAI-compatible server/, '');
    await run('enterServerKey');
    await yard.close();
    await server.close();
  });
  afterEach(() => yard.tidyUp());

  const chats = (): number => server.requests.filter(({ path }) => path === '/v1/chat/completions').length;

  it('on the loopback is a local track, free of charge, and goes before Ollama', async () => {
    await open('shop/money.ts', ADD);

    await until('the server to be asked', async () => {
      yard.answers.close();
      await run('explain');
      return chats() > 0;
    });

    assert.equal(yard.answers.block.text, 'The server explains it.');
    assert.equal(yard.answers.block.track, 'local');
    assert.deepEqual(yard.outcomes.last?.models, [MODEL]);
    assert.equal(yard.outcomes.last.spentUsd, 0);
    assert.equal(yard.cloudRequests.length, 0);
  });

  it('declared a cloud takes over from a doubtful local answer, at the price in the settings', async () => {
    yard.local = () => 'It adds, I think.';
    await setting('openai.place', 'cloud');
    await setting('models.small', `openai/${MODEL}`);
    await setting('prices', { [MODEL]: { input: 1000, output: 1000 } });
    await setting('threshold.explain', 1);
    await open('shop/money.ts', ADD);
    const before = chats();

    await run('explain');

    const [local, cloud] = yard.answers.turn.blocks;
    assert.equal(local?.text, 'It adds, I think.');
    assert.equal(local.status, 'doubted');
    assert.equal(cloud?.text, 'The server explains it.');
    assert.equal(chats(), before + 1);
    assert.equal(yard.outcomes.last?.track, 'cloud');
    // A dollar for every thousand tokens: the prompt alone has hundreds.
    assert.ok((yard.outcomes.last.spentUsd ?? 0) > 0.1);
    assert.equal(yard.cloudRequests.length, 0);
  });

  it('declared a cloud gets nothing while offline', async () => {
    await setting('openai.place', 'cloud');
    await run('goOffline');
    await open('shop/money.ts', ADD);
    const before = server.requests.length;

    await run('explain');
    await run('goOnline');

    assert.equal(yard.outcomes.last?.track, 'local');
    assert.equal(server.requests.length, before);
  });
});
