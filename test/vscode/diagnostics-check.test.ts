import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, open, tabs } from './support/editor';
import { run } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

const TARGET = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';
const answer = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

/** Longer than VS Code waits before it opens a tab for a dirty document that has none, in ms. */
const TAB_OPENS_AFTER_MS = 1_500;

/** The reasons of a request, as the preview of "Why did this go there?" has them. */
async function reasonsOf(requestId: string | undefined): Promise<string> {
  const before = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
  await run('why', requestId);
  const document = await until('the reasons', () =>
    vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'switchyard-info' && !before.has(uri.toString()),
    ),
  );
  return document.getText();
}

describe('asking the language services about a local proposal', () => {
  let yard: Yard;
  const whyLast = (): Promise<string> => reasonsOf(yard.outcomes.last?.requestId);
  before(async () => (yard = await Yard.open({ settings: { 'track.refactor': 'local' } })));
  after(() => yard.close());
  // TypeScript's server starts with the first file, and a check waits for nobody for long.
  before(async () => {
    await open('shop/money.ts');
    await until('TypeScript', async () => {
      const hovers: unknown = await vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        fileUri('shop/money.ts'),
        new vscode.Position(4, 15),
      );
      return Array.isArray(hovers) && hovers.length > 0;
    });
  });
  afterEach(async () => {
    await run('refactor.reject');
    yard.person.forget();
    await closeAll();
  });

  it('leaves no tab, no dirty document and nothing to save', async () => {
    yard.local = () => answer(TARGET.replace('a + b', 'b + a'));
    const editor = await open('shop/money.ts', TARGET);
    const before = tabs().map(({ label }) => label);
    yard.person.answers(/^Proposal by/, 'Reject');

    await run('refactor.simplify');
    await new Promise((resolve) => setTimeout(resolve, TAB_OPENS_AFTER_MS));

    assert.deepEqual(
      tabs().map(({ label }) => label),
      before,
    );
    assert.deepEqual(
      vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()),
      [],
    );
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
  });

  it('doubts code that TypeScript objects to', async () => {
    yard.local = () => answer(TARGET.replace('cents(a + b)', 'cents(a + missing)'));
    await open('shop/money.ts', TARGET);

    await run('refactor.simplify');

    assert.match(await whyLast(), /diagnostics.*1 new error /);
  });

  it('has nothing against code that TypeScript accepts', async () => {
    yard.local = () => answer(TARGET.replace('a + b', 'b + a'));
    await open('shop/money.ts', TARGET);

    await run('refactor.simplify');

    const reasons = await whyLast();
    assert.match(reasons, /diagnostics.*no new errors/);
    assert.match(reasons, /parses(?!.*cannot say)/);
  });
});
