import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Answerer } from '../servers/question';
import { closeAll, fileUri, open, tabs, write } from './support/editor';
import { run, setting } from './support/extension';
import { filesWith } from './support/traces';
import { until } from './support/until';
import { Yard } from './support/yard';

const TARGET = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';
const HERE = 'export const add = (one: Cents, other: Cents): Cents => cents(one + other);';
const CLAUDES = 'export const add = (x: Cents, y: Cents): Cents => cents(x + y);';
const OBJECTED_TO = 'export const add = (a: Cents, b: Cents: Cents => cents(a + b);';
const OFFER = /^This edit could run on this machine/;
const STORAGE = /globalStorage.switchyard\.switchyard/;
const answer = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;
/** Writes nothing until the client has hung up; a server that is busy for ever would keep the next ones waiting. */
const never: Answerer = (_question, gone) =>
  new Promise((resolve) => gone.addEventListener('abort', () => resolve(''), { once: true }));

const diffs = (): readonly vscode.Tab[] =>
  tabs().filter(({ input }) => input instanceof vscode.TabInputTextDiff);

const money = async (): Promise<string> =>
  (await vscode.workspace.openTextDocument(fileUri('shop/money.ts'))).getText();

/** How often a request is in the books: each that ended must be there once. */
async function entriesOf(id: string | undefined): Promise<number> {
  const wanted = id ?? 'none';
  await until('the entry', () => filesWith(wanted, STORAGE).length > 0);
  const lines = filesWith(wanted, STORAGE).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return lines.filter((line) => line.includes(`"requestId":"${wanted}"`) && line.includes('"attempts"'))
    .length;
}

describe('an edit that starts here', () => {
  let yard: Yard;
  before(async () => (yard = await Yard.open({ settings: { 'refactor.simpleOnLocal': true } })));
  after(() => yard.close());
  beforeEach(() => {
    yard.local = () => answer(HERE);
    yard.cloud = () => answer(CLAUDES);
  });
  afterEach(async () => {
    await run('refactor.reject');
    await setting('refactor.simpleOnLocal', true);
    yard.person.forget();
    await closeAll();
  });

  /** Began now; resolves when it is over. */
  async function simplify(): Promise<void> {
    await open('shop/money.ts', TARGET);
    await run('refactor.simplify');
  }

  async function endedOnce(result: string): Promise<void> {
    assert.equal(yard.outcomes.last?.result, result);
    assert.equal(await entriesOf(yard.outcomes.all.at(-1)?.requestId), 1);
  }

  it('is sent nowhere where the offer to run it here gets no answer', async () => {
    await setting('refactor.simpleOnLocal', undefined);
    const [local, cloud] = [yard.localRequests.length, yard.cloudRequests.length];
    const before = yard.outcomes.all.length;

    await simplify();

    assert.ok(
      yard.person.opened.some((title) => OFFER.test(title)),
      yard.person.opened.join(),
    );
    assert.equal(yard.localRequests.length, local);
    assert.equal(yard.cloudRequests.length, cloud);
    assert.equal(yard.outcomes.all.length, before);
    assert.equal(diffs().length, 0);
  });

  it('is cancelled while the local model writes: nothing goes to Claude', async () => {
    yard.local = never;
    const [local, cloud] = [yard.localRequests.length, yard.cloudRequests.length];

    const edit = simplify();
    const request = await until('the local request', () => yard.localRequests.at(local));
    await yard.person.cancels(/^Refactoring/);
    await edit;

    await until('the hang-up', () => request.state === 'closed-by-client');
    assert.equal(yard.cloudRequests.length, cloud);
    assert.equal(diffs().length, 0);
    await endedOnce('cancelled');
  });

  it('is cancelled while Claude takes over: at the server, once in the books', async () => {
    yard.local = () => answer(OBJECTED_TO);
    yard.cloud = never;
    const cloud = yard.cloudRequests.length;

    const edit = simplify();
    const request = await until('the request to Claude', () => yard.cloudRequests.at(cloud));
    await run('refactor.accept');
    await yard.person.cancels(/^Refactoring/);
    await edit;

    await until('the hang-up', () => request.state === 'closed-by-client');
    assert.ok((await money()).includes(TARGET));
    assert.equal(diffs().length, 0);
    await endedOnce('cancelled');
  });

  it('keeps the local proposal where Claude breaks off while it takes over', async () => {
    yard.local = () => answer(OBJECTED_TO);
    yard.claude.faults.next({ kind: 'cut' }, 1, ({ path }) => path === '/v1/messages');

    await simplify();

    const { message, buttons } = yard.person.saw(/^Proposal by/);
    assert.match(message, /qwen2\.5-coder:7b/);
    assert.ok(buttons.includes('Ask Claude Instead'), message);
    await endedOnce('answered');
  });

  it('overwrites nothing where the file changed while Claude took over', async () => {
    yard.local = () => answer(OBJECTED_TO);
    yard.cloud = async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(fileUri('shop/money.ts'), new vscode.Position(0, 0), '// typed meanwhile\n');
      await vscode.workspace.applyEdit(edit);
      return answer(CLAUDES);
    };
    yard.person.answers(/^Proposal by/, 'Accept');

    await simplify();

    assert.match(await money(), /^\/\/ typed meanwhile\n/);
    assert.ok((await money()).includes(TARGET));
    assert.ok(yard.person.saw(/changed since the proposal/).buttons.includes('Refactor Again'));
    await endedOnce('answered');
  });

  it('leaves two edits at once with the second one, and ends the first', async () => {
    yard.local = never;
    const local = yard.localRequests.length;
    const first = simplify();
    const request = await until('the first request', () => yard.localRequests.at(local));
    yard.local = () => answer(HERE);

    await simplify();
    await first;

    await until('the hang-up', () => request.state === 'closed-by-client');
    assert.equal(diffs().length, 1);
    await until('both outcomes', () =>
      yard.outcomes.all.slice(-2).some(({ result }) => result === 'cancelled'),
    );
    for (const { requestId } of yard.outcomes.all.slice(-2)) assert.equal(await entriesOf(requestId), 1);
  });

  it('keeps the line ends of a file with CRLF, and one undo takes it back', async () => {
    const text = 'const first = 1;\r\nfunction twice(a: number) {\r\n  return a + a;\r\n}\r\n';
    const uri = await write('shop/windows.ts', text);
    yard.local = () => answer('function twice(a: number) {\n  return 2 * a;\n}');
    const editor = await open(uri, 'function twice(a: number) {\r\n  return a + a;\r\n}');
    yard.person.answers(/^Proposal by/, 'Accept');

    await run('refactor.simplify');

    assert.equal(editor.document.getText(), text.replace('a + a', '2 * a'));
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });

  describe('and is asked of Claude instead', () => {
    async function proposedHere(): Promise<string> {
      await simplify();
      assert.match(yard.person.saw(/^Proposal by/).message, /qwen2\.5-coder:7b/);
      const id = yard.outcomes.last?.requestId ?? 'none';
      yard.person.forget();
      return id;
    }

    async function theLocalOneIsBack(): Promise<void> {
      assert.match(yard.person.saw(/^Proposal by/).message, /qwen2\.5-coder:7b/);
      assert.equal(diffs().length, 1);
      await run('refactor.accept');
      assert.ok((await money()).includes(HERE));
      assert.equal(diffs().length, 0);
      await vscode.commands.executeCommand('undo');
    }

    it('comes back where Claude fails, with the step that asks Claude again', async () => {
      await proposedHere();
      yard.claude.faults.next({ kind: 'status', status: 400 }, 1, ({ path }) => path === '/v1/messages');

      await run('refactor.redo');

      assert.equal(yard.outcomes.last?.result, 'failed');
      await theLocalOneIsBack();
    });

    it('comes back where the user spends nothing more at the cap', async () => {
      await proposedHere();
      const cloud = yard.cloudRequests.length;
      await setting('budget.dayUsd', 0.0001);

      await run('refactor.redo');
      await setting('budget.dayUsd', undefined);

      yard.person.saw(/day's budget/);
      await endedOnce('refused');
      assert.equal(yard.cloudRequests.length, cloud);
      await theLocalOneIsBack();
    });

    it('comes back where Claude is cancelled', async () => {
      await proposedHere();
      yard.cloud = never;
      const cloud = yard.cloudRequests.length;

      const redo = run('refactor.redo');
      await until('the request to Claude', () => yard.cloudRequests.at(cloud));
      await run('refactor.accept');
      assert.ok((await money()).includes(TARGET), 'nothing is accepted while Claude writes');
      await yard.person.cancels(/^Refactoring/);
      await redo;

      await endedOnce('cancelled');
      await theLocalOneIsBack();
    });

    it('comes back where Claude has no code to propose', async () => {
      await proposedHere();
      yard.cloud = () => 'I would rather not.';

      await run('refactor.redo');

      yard.person.saw(/without code/);
      await theLocalOneIsBack();
    });

    it('gives way where Claude proposes something', async () => {
      await proposedHere();

      await run('refactor.redo');
      await run('refactor.accept');

      assert.ok((await money()).includes(CLAUDES));
      assert.equal(diffs().length, 0);
    });
  });

  describe('while Ollama dies between the yes and the start', () => {
    after(() => yard.ollama.listenAgain());

    it('goes to Claude, once', async () => {
      await setting('refactor.simpleOnLocal', undefined);
      yard.person.answers(OFFER, 'Run Edits Like This Here');
      await yard.ollama.refuse();
      const cloud = yard.cloudRequests.length;

      await simplify();

      assert.match(yard.person.saw(/^Proposal by/).message, /claude-sonnet-5-5/);
      assert.equal(yard.cloudRequests.length, cloud + 1);
      await endedOnce('answered');
    });
  });
});
