import assert from 'node:assert/strict';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { forkEngine } from '../../src/models/inside/engine-child';
import { EngineProcess } from '../../src/models/inside/engine-process';
import { fromEngine } from '../servers/answers/from-engine';
import { note } from './report';
import { open, tabs, write } from './support/editor';
import { extension, run, setting } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

/** Loading and answering on two busy cores. In ms. */
const PATIENCE_MS = 120_000;
const MONEY = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';

/** The weights `npm run test:model` found. */
function weights(): string {
  const file = process.env['SWITCHYARD_TEST_GGUF'];
  if (file === undefined) throw new Error('SWITCHYARD_TEST_GGUF is not set');
  return file;
}
/** As the books name it: the small model that CI has is a stand-in. */
const NAMED = /^(.+?)( \(stand-in\))?$/;
const isOurs = (id: string): boolean => NAMED.exec(id)?.[1] === path.basename(weights(), '.gguf');

/** How late this host's event loop was at worst in 99 of 100 looks, beyond the pause between them. */
async function loopDelay(work: () => Thenable<unknown>): Promise<string> {
  const resolution = 10;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await work();
  delay.disable();
  return `${Math.max(0, delay.percentile(99) / 1e6 - resolution).toFixed(1)} ms`;
}

describe('with real weights and no Ollama', function () {
  this.timeout(PATIENCE_MS);
  let yard: Yard;
  before(async () => {
    yard = await Yard.open();
    await yard.ollama.refuse();
    await setting('inside.model', weights());
    assert.match(await diagnosis(), /requests go to (the engine inside|a stand-in)/);
  });
  after(async () => {
    await yard.close();
  });
  afterEach(() => yard.tidyUp());

  it('explains on the engine inside, free of charge', async () => {
    await open('shop/money.ts', MONEY);
    await setting('threshold.explain', 0);

    const idle = await loopDelay(() => new Promise((resolve) => setTimeout(resolve, 3000)));
    const explaining = run('explain');
    await until('words', firstWords, PATIENCE_MS / 2);
    const cpu = process.cpuUsage();
    const busy = await loopDelay(() => explaining);

    const { user, system } = process.cpuUsage(cpu);
    const { block } = yard.answers;
    const perThousand = (user + system) / block.text.length;
    note(`event-loop delay of the extension host, p99: idle ${idle}, while it generates ${busy}`);
    note(`its processor time while it generates: ${perThousand.toFixed(0)} ms for 1,000 characters`);
    assert.notEqual(block.text.trim(), '');
    assert.equal(block.track, 'local');
    assert.equal(block.cost, 'free');
    assert.ok(yard.outcomes.last?.models.every(isOurs));
    assert.equal(yard.outcomes.last?.spentUsd, 0);
    assert.equal(yard.cloudRequests.length, 0);
    const offered = yard.answers.turn.notice?.action?.id === 'download-model';
    assert.equal(
      offered,
      block.standIn,
      'a real model is offered beside the answer of a stand-in, and only there',
    );
    note(`the engine inside explained: ${block.text.trim().replaceAll(/\s+/g, ' ').slice(0, 70)}...`);
  });

  it('completes at the caret, and what is accepted stands in the file', async () => {
    const uri = await write(
      'sum.ts',
      'function addNumbers(first: number, second: number) {\n  return first + \n}\n',
    );
    const editor = await open(uri, 'first + ');
    const caret = editor.selection.end;
    editor.selection = new vscode.Selection(caret, caret);
    const before = editor.document.getText();
    await setting('completions.instant', false);

    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    const answered = (): boolean =>
      yard.outcomes.all.some(({ task, models }) => task === 'complete' && models.some(isOurs));
    await until('a completion by the engine inside', answered, PATIENCE_MS / 2);
    await until('grey text to accept', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
      return editor.document.getText() !== before;
    });

    assert.ok(editor.document.getText().startsWith(before.slice(0, before.indexOf('first + ') + 8)));
  });

  it('stops in the middle of an answer, and begins the next at once', async () => {
    await setting('threshold.explain', 0);
    await open('shop/money.ts', MONEY);

    for (const time of ['first', 'second']) {
      const explaining = run('explain');
      await until(`the ${time} answer's first words`, firstWords, PATIENCE_MS / 2);
      yard.answers.press({ type: 'stop' });
      await explaining;

      assert.equal(yard.answers.block.status, 'cancelled');
      assert.equal(yard.outcomes.last?.result, 'cancelled');
      assert.ok(yard.outcomes.last.models.every(isOurs));
      yard.answers.close();
    }
  });

  it('doubts an answer by its log-probabilities and lets Claude take over', async () => {
    yard.cloud = () => 'It adds two amounts of money.';
    await setting('threshold.explain', 1);
    await open('shop/money.ts', MONEY);

    await run('explain');

    const [local, cloud] = yard.answers.turn.blocks;
    assert.equal(local?.status, 'doubted');
    assert.notEqual(local.text.trim(), '');
    assert.equal(cloud?.text, 'It adds two amounts of money.');
    assert.equal(yard.outcomes.last?.track, 'cloud');
    assert.ok((yard.outcomes.last.spentUsd ?? 0) > 0);
    await run('why', yard.outcomes.last.requestId);
    const why = await until('the reasons', () => textOf(/Why/));
    assert.match(why, /logprobs.*mean token probability/);
  });

  it('shows in the dashboard what was answered here and what Claude charged', async () => {
    const { today } = await (await extension().activate()).stats();

    await run('dashboard');

    await until('the dashboard', () => tabs().some(({ label }) => /dashboard|Switchyard/i.test(label)));
    const local = today.breakdown.filter(({ lane }) => lane === 'local');
    assert.ok(local.some(({ task, requests }) => task === 'explain' && requests > 0));
    assert.ok(today.spent.usd > 0);
  });

  it('goes back to Ollama when it answers again, without a reload', async () => {
    const engine = new EngineProcess({
      start: forkEngine(path.join(extension().extensionPath, 'dist', 'engine', 'js', 'main.mjs')),
      load: { file: weights(), contextTokens: 4096, continues: true },
    });
    try {
      yard.local = fromEngine(engine, { mostTokens: 128 });
      await setting('threshold.explain', 0);
      await yard.ollama.listenAgain();
      assert.match(await diagnosis(), /requests go to Ollama/);
      await open('shop/money.ts', MONEY);

      await run('explain');

      assert.notEqual(yard.answers.block.text.trim(), '');
      assert.ok(!yard.outcomes.last?.models.some(isOurs));
      assert.equal(yard.localRequests.at(-1)?.state, 'ended');
    } finally {
      engine.stop();
    }
  });

  it('takes over the answer that Ollama had begun when it died, before Claude', async () => {
    const asked = yard.cloudRequests.length;
    yard.local = () => 'It adds two amounts of money, each of them in cents.';
    yard.ollama.faults.next({ kind: 'cut' }, 1, ({ path: asking }) => asking === '/api/chat');
    await setting('threshold.explain', 0);
    await open('shop/money.ts', MONEY);

    await run('explain');

    const [begun, whole] = yard.answers.turn.blocks;
    assert.equal(begun?.status, 'failed');
    assert.notEqual(begun.text, '');
    assert.equal(whole?.status, 'done');
    assert.notEqual(whole.text.trim(), '');
    assert.match(whole.announced ?? '', /is gone.*answers instead.*free/);
    assert.equal(yard.outcomes.last?.track, 'local');
    assert.equal(yard.outcomes.last.spentUsd, 0);
    assert.equal(yard.cloudRequests.length, asked);
    await run('why', yard.outcomes.last.requestId);
    await until('the reason', () => /is gone \(unreachable\), so another one/.test(textOf(/Why/) ?? ''));
  });

  it('takes over the request that finds Ollama gone, and is asked first from then on', async () => {
    const asked = yard.cloudRequests.length;
    await yard.ollama.refuse();
    await setting('threshold.explain', 0);
    await open('shop/money.ts', MONEY);

    const asksWhom = async (): Promise<readonly string[]> => {
      const explaining = run('explain');
      await until('words', firstWords, PATIENCE_MS / 2);
      yard.answers.press({ type: 'stop' });
      await explaining;
      yard.answers.close();
      return yard.outcomes.last?.models ?? [];
    };
    assert.deepEqual((await asksWhom()).map(isOurs), [false, true]);
    await until('the engine inside to be asked first', async () => (await asksWhom()).every(isOurs));
    assert.equal(yard.cloudRequests.length, asked);
  });

  const firstWords = (): string | undefined => yard.answers.shown?.turns[0]?.blocks.at(-1)?.text || undefined;

  /** Looks at the engines anew, and says what was found. */
  async function diagnosis(): Promise<string> {
    const before = textOf(/Diagnosis/);
    await run('diagnose');
    return until('the diagnosis', () => {
      const now = textOf(/Diagnosis/);
      return now === before ? undefined : now;
    });
  }

  /** Of the newest of our read-only documents whose name matches; what stands for signs in Markdown is read back. */
  function textOf(name: RegExp): string | undefined {
    const documents = vscode.workspace.textDocuments.filter(
      ({ uri }) => uri.scheme === 'switchyard-info' && name.test(uri.path),
    );
    return documents
      .at(-1)
      ?.getText()
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  }
});
