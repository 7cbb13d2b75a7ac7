import assert from 'node:assert/strict';
import { open, write } from './support/editor';
import { run } from './support/extension';
import { until } from './support/until';
import { shareYard } from './support/share-yard';
import type { Yard } from './support/yard';

describe('explain', () => {
  let yard: Yard;
  shareYard((opened) => (yard = opened));

  it('explains the selection on the local model, free of charge', async () => {
    yard.local = () => 'It adds two amounts.';
    await open('shop/money.ts', 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);');

    await run('explain');

    assert.equal(yard.answers.block.text, 'It adds two amounts.');
    assert.equal(yard.answers.block.track, 'local');
    assert.equal(yard.answers.block.cost, 'free');
    assert.equal(yard.outcomes.last?.task, 'explain');
    assert.equal(yard.outcomes.last.spentUsd, 0);
    assert.equal(yard.cloudRequests.length, 0);
  });

  it('explains the symbol at the caret when nothing is selected', async () => {
    await open('shop/catalog.ts', 'findProduct', true);

    await until('symbols of the file', async () => {
      await run('explain');
      return yard.answers.view.title === 'Explain findProduct';
    });
  });

  it('finds the symbol by the grammar where no language service knows the language', async () => {
    await open('kitchen/plan.py', 'ceil(pieces', true);

    await run('explain');

    assert.equal(yard.answers.view.title, 'Explain batches');
  });

  it('answers follow-up questions with what was said before', async () => {
    yard.local = () => 'First answer.';
    await open('shop/money.ts', 'export const percent');
    await run('explain');
    yard.local = () => 'Second answer.';

    yard.answers.press({ type: 'ask', question: 'Why floor?' });
    await until('the second answer', () => yard.answers.view.turns.length === 2 && yard.answers.view.canAsk);

    assert.equal(yard.answers.block.text, 'Second answer.');
    const sent = JSON.stringify(yard.localRequests.at(-1)?.body);
    assert.match(sent, /First answer\./);
    assert.match(sent, /Why floor\?/);
  });

  it('asks Claude instead, beside the local answer, and says what it cost', async () => {
    yard.local = () => 'The local answer.';
    yard.cloud = () => "Claude's answer.";
    await open('shop/money.ts', 'export const percent');
    await run('explain');
    assert.ok(yard.answers.turn.canAskCloud);

    yard.answers.press({ type: 'ask-cloud', turn: 0 });
    await until("Claude's answer", () => yard.answers.block.track === 'cloud' && yard.answers.view.canAsk);

    const [local, cloud] = yard.answers.turn.blocks;
    assert.equal(local?.text, 'The local answer.');
    assert.equal(cloud?.text, "Claude's answer.");
    assert.match(cloud.cost ?? '', /^(about )?<?\$0\.0/);
    assert.equal(cloud.model, 'claude-haiku-5-5');
  });

  it('escalates a doubtful answer and leaves it where it is', async () => {
    yard.local = () => ({ text: 'Perhaps it counts something, or so.', logprob: -4 });
    yard.cloud = () => 'It counts batches.';
    await open('kitchen/plan.py', 'def batches');

    await run('explain');

    const [local, cloud] = yard.answers.turn.blocks;
    assert.equal(local?.status, 'doubted');
    assert.equal(local.text, 'Perhaps it counts something, or so.');
    assert.equal(cloud?.text, 'It counts batches.');
    assert.ok(cloud.announced, 'the escalation is not announced');
    assert.equal(yard.outcomes.last?.track, 'cloud');
  });

  it('stops at the server when asked to stop', async () => {
    yard.ollama.faults.next({ kind: 'hang-mid' });
    await open('shop/money.ts', 'export const percent');
    const explaining = run('explain');
    await until('the first words', () => yard.answers.shown?.turns[0]?.blocks[0]?.text);

    yard.answers.press({ type: 'stop' });
    await explaining;

    assert.equal(yard.answers.block.status, 'cancelled');
    assert.equal(yard.outcomes.last?.result, 'cancelled');
    await yard.ollama.settled();
    assert.equal(yard.localRequests.at(-1)?.state, 'closed-by-client');
  });

  it('stops at the server when the view is closed', async () => {
    yard.ollama.faults.next({ kind: 'hang-before' });
    await open('shop/money.ts', 'export const percent');
    const asked = yard.localRequests.length;
    const explaining = run('explain');
    await until('the request', () => yard.localRequests.length > asked);

    yard.answers.close();
    await explaining;

    await yard.ollama.settled();
    assert.equal(yard.localRequests.at(-1)?.state, 'closed-by-client');
  });

  it('sends the next request to the cloud when told to, and only that one', async () => {
    yard.local = () => 'Local.';
    yard.cloud = () => 'Cloud.';
    await open('shop/money.ts', 'export const percent');

    await run('nextCloud');
    await run('explain');
    const first = yard.outcomes.last?.track;
    await run('explain');

    assert.equal(first, 'cloud');
    assert.equal(yard.outcomes.last?.track, 'local');
  });

  it('says so where there is nothing to explain', async () => {
    await open(await write('empty.ts', '\n\n'));

    await run('explain');

    assert.match(yard.person.saw(/no code here/).message, /Select some/);
  });
});
