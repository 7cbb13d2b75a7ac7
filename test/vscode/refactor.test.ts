import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, open, tabs } from './support/editor';
import { run, setting } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

const TARGET = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';
const CHANGED = 'export const add = (one: Cents, other: Cents): Cents => cents(one + other);';
const answer = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

const diffs = (): readonly vscode.Tab[] =>
  tabs().filter(({ input }) => input instanceof vscode.TabInputTextDiff);

const money = async (): Promise<string> =>
  (await vscode.workspace.openTextDocument(fileUri('shop/money.ts'))).getText();

async function typeMeanwhile(): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(fileUri('shop/money.ts'), new vscode.Position(0, 0), '// typed meanwhile\n');
  await vscode.workspace.applyEdit(edit);
}

describe('refactor', () => {
  let yard: Yard;
  before(async () => (yard = await Yard.open()));
  after(() => yard.close());
  beforeEach(() => (yard.cloud = () => answer(CHANGED)));
  afterEach(async () => {
    await run('refactor.reject');
    yard.person.forget();
    await closeAll();
  });

  it('shows a diff and changes nothing before it is accepted', async () => {
    await open('shop/money.ts', TARGET);
    const before = await money();

    await run('refactor.simplify');

    assert.equal(diffs().length, 1);
    const proposal = (diffs()[0]?.input as vscode.TabInputTextDiff).modified;
    const document = await vscode.workspace.openTextDocument(proposal);
    await until('the whole proposal', () => document.getText() === before.replace(TARGET, CHANGED));
    assert.equal(await money(), before);
    assert.match(yard.person.saw(/^Proposal by/).message, /claude-sonnet-5-5.*\$0\.0/);
  });

  it('applies as one step: one undo takes it back', async () => {
    await open('shop/money.ts', TARGET);
    const before = await money();
    yard.person.answers(/^Proposal by/, 'Accept');

    await run('refactor.simplify');
    assert.equal(await money(), before.replace(TARGET, CHANGED));
    assert.equal(diffs().length, 0);

    await vscode.window.showTextDocument(fileUri('shop/money.ts'));
    await vscode.commands.executeCommand('undo');
    assert.equal(await money(), before);
  });

  it('leaves the file alone when it is rejected', async () => {
    await open('shop/money.ts', TARGET);
    const before = await money();
    yard.person.answers(/^Proposal by/, 'Reject');

    await run('refactor.simplify');

    assert.equal(await money(), before);
    assert.equal(diffs().length, 0);
  });

  it('refines with what was proposed before', async () => {
    await open('shop/money.ts', TARGET);
    yard.person.answers(/^Proposal by/, 'Refine…');
    yard.person.answers(/^Refine the proposal/, 'Call them x and y');
    const asked = yard.cloudRequests.length;

    await run('refactor.simplify');

    assert.equal(yard.cloudRequests.length, asked + 2);
    const sent = JSON.stringify(yard.cloudRequests.at(-1)?.body);
    assert.match(sent, /Call them x and y/);
    assert.match(sent, /one \+ other/);
  });

  it('is cancelled from its progress: at the server, with nothing left open', async () => {
    await open('shop/money.ts', TARGET);
    const asked = yard.cloudRequests.length;
    yard.cloud = () => new Promise(() => undefined);

    const refactoring = run('refactor.simplify');
    const request = await until('the request', () => yard.cloudRequests[asked]);
    await yard.person.cancels(/^Refactoring/);
    await refactoring;

    await until('the hang-up', () => request.state === 'closed-by-client');
    assert.equal(yard.outcomes.last?.result, 'cancelled');
    assert.equal(diffs().length, 0);
  });

  it('says what it will take before it is chosen, while it runs, and before it is refined', async () => {
    const estimate = /^(Refactoring\. )?claude-sonnet-5-5: about [\d,]+ tokens in and [\d,]+ out, \$0\.\d+, /;
    await open('shop/money.ts', TARGET);
    yard.person.answers(/^Refactor \d+ line/, 'Simplify');
    yard.person.answers(/^Proposal by/, 'Refine…');
    yard.person.answers(/^Refine the proposal/, 'Shorter');

    await run('refactor');

    assert.match(yard.person.below[0] ?? '', estimate);
    assert.match(yard.person.opened.find((title) => title.startsWith('Refactoring')) ?? '', estimate);
    assert.match(yard.person.below[1] ?? '', estimate);
  });

  it('says what Claude would take instead of a local proposal', async () => {
    await setting('track.refactor', 'local');
    yard.local = () => answer(CHANGED);
    await open('shop/money.ts', TARGET);

    await run('refactor.simplify');

    const { message, buttons } = yard.person.saw(/^Proposal by/);
    assert.match(message, /Claude instead: claude-sonnet-5-5: about [\d,]+ tokens in .* \$0\.\d+, /);
    assert.ok(buttons.includes('Ask Claude Instead'));
    await setting('track.refactor', undefined);
  });

  it('overwrites nothing when the document changed meanwhile', async () => {
    await open('shop/money.ts', TARGET);
    await run('refactor.simplify');
    await typeMeanwhile();
    const typed = await money();

    await run('refactor.accept');

    assert.equal(await money(), typed);
    assert.deepEqual(yard.person.saw(/changed since the proposal/).buttons.includes('Refactor Again'), true);
  });

  it('overwrites nothing when the document changes while the answer streams', async () => {
    await open('shop/money.ts', TARGET);
    yard.person.answers(/^Proposal by/, 'Accept');
    yard.cloud = async () => {
      await typeMeanwhile();
      return answer(CHANGED);
    };

    await run('refactor.simplify');

    assert.match(await money(), /^\/\/ typed meanwhile\n/);
    assert.ok((await money()).includes(TARGET));
    yard.person.saw(/changed since the proposal/);
  });

  it('runs on the local model where no key is set, and says so', async () => {
    await yard.takeKey();
    yard.local = () => answer(CHANGED);
    await open('shop/money.ts', TARGET);

    await run('refactor.simplify');

    assert.match(
      yard.person.saw(/^Proposal by/).message,
      /on this machine because no Claude key is set.*free/,
    );
    assert.equal(yard.outcomes.last?.track, 'local');
    await yard.giveKey();
  });

  it('proposes nothing where the model answers without code', async () => {
    yard.cloud = () => 'I would rather not.';
    await open('shop/money.ts', TARGET);

    await run('refactor.simplify');

    yard.person.saw(/without code/);
    assert.equal(diffs().length, 0);
  });

  it('works on a document that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: TARGET });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, TARGET.length);
    yard.person.answers(/^Proposal by/, 'Accept');

    await run('refactor.simplify');

    assert.equal(document.getText(), CHANGED);
  });
});
