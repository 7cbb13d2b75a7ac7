import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileUri, open } from './support/editor';
import { Edits } from './support/edits';
import { run } from './support/extension';
import { extensionLog } from './support/traces';
import { until } from './support/until';
import { shareYard } from './support/share-yard';
import type { Yard } from './support/yard';

const onDisk = (file: string): Promise<string> => readFile(fileUri(file).fsPath, 'utf8');

const edit = (file: string, search: string, replace: string): string =>
  `\`\`\`edit ${file}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\`\n`;

/** An edit that nothing stands against. */
const ADD = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';
const RENAMED = edit('shop/money.ts', ADD, ADD.replace('add', 'plus'));

describe('asking over several files', () => {
  let yard: Yard;
  shareYard((opened) => (yard = opened));

  async function ask(question: string, ...files: string[]): Promise<void> {
    yard.person.answers(/^Ask about/, question);
    await run('ask', undefined, files.map(fileUri));
  }

  it('sends the chosen files, and shows the answer with its cost', async () => {
    yard.cloud = () => 'It is decided in `shop/cart.ts:8`.';

    await ask('Where are products added up?', 'shop/cart.ts', 'shop/money.ts');

    assert.equal(yard.answers.block.text, 'It is decided in `shop/cart.ts:8`.');
    assert.equal(yard.answers.block.model, 'claude-sonnet-5-5');
    assert.match(yard.answers.block.cost ?? '', /\$/);
    const sent = JSON.stringify(yard.cloudRequests.at(-1)?.body);
    assert.match(sent, /class Cart/);
    assert.match(sent, /type Cents/);
    assert.match(sent, /Where are products added up/);
  });

  it('opens the place an answer points to, and no file that was not given', async () => {
    yard.cloud = () => 'See `shop/cart.ts:8`.';
    await ask('Where?', 'shop/cart.ts', 'shop/money.ts');

    yard.answers.press({ type: 'open', path: '/etc/passwd' });
    yard.answers.press({ type: 'open', path: 'shop/cart.ts', line: 8 });

    const editor = await until('the file', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.fileName, fileUri('shop/cart.ts').fsPath);
    assert.equal(editor.selection.active.line, 7);
    assert.ok(vscode.workspace.textDocuments.every(({ fileName }) => fileName !== '/etc/passwd'));
  });

  it('says once when a place cannot be opened, and logs no name of a file', async () => {
    yard.cloud = () => 'See `shop/cart.ts:8`.';
    await ask('Where?', 'shop/cart.ts');
    const { showTextDocument } = vscode.window;
    Object.assign(vscode.window, { showTextDocument: () => Promise.reject(new Error('shop/cart.ts')) });

    yard.answers.press({ type: 'open', path: 'shop/cart.ts', line: 8 });

    await until('the message', () => yard.person.shown.find(({ message }) => /Open the file/.test(message)));
    Object.assign(vscode.window, { showTextDocument });
    assert.equal(yard.person.shown.length, 1);
    await until('the log', () => /Open the file failed: Error/.test(extensionLog()));
    assert.doesNotMatch(extensionLog(), /Open the file.*cart\.ts/);
  });

  it('draws on the open editors', async () => {
    await open('shop/receipt.ts');
    await open('shop/catalog.ts');
    yard.person.answers(/^Ask about 2 files/, 'What is sold?');

    await run('askOpenEditors');

    const sent = JSON.stringify(yard.cloudRequests.at(-1)?.body);
    assert.match(sent, /shop\/receipt\.ts/);
    assert.match(sent, /shop\/catalog\.ts/);
  });

  it('changes no file when the preview of the edits is turned away', async () => {
    const imports = (await onDisk('shop/cart.ts')).split('\n').find((line) => line.includes('{ add')) ?? '';
    yard.cloud = () => RENAMED + edit('shop/cart.ts', imports, imports.replace('add', 'plus'));
    const before = [await onDisk('shop/money.ts'), await onDisk('shop/cart.ts')];
    await ask('Rename add to plus', 'shop/money.ts', 'shop/cart.ts');
    assert.equal(yard.answers.turn.editFiles, 2);

    const edits = new Edits();
    try {
      yard.answers.press({ type: 'review-edits', turn: 0 });
      await until('the preview', () => edits.discarded());
      assert.deepEqual(edits.files, [fileUri('shop/money.ts').fsPath, fileUri('shop/cart.ts').fsPath]);
    } finally {
      edits.leave();
    }

    assert.deepEqual([await onDisk('shop/money.ts'), await onDisk('shop/cart.ts')], before);
    assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
  });

  const hostile: readonly (readonly [string, string, string])[] = [
    ['outside the workspace', '../evil.txt', ''],
    ['at an absolute path', '/tmp/evil.txt', ''],
    ['of VS Code itself', '.vscode/tasks.json', ''],
    ['of git', '.git/hooks/pre-commit', ''],
    ['that holds credentials', '.env', ''],
  ];
  for (const [what, path, search] of hostile) {
    it(`refuses edits to a file ${what}, and with it all others of the answer`, async () => {
      yard.cloud = () => RENAMED + edit(path, search, 'owned');
      await ask('Do it', 'shop/money.ts', 'shop/cart.ts');

      yard.answers.press({ type: 'review-edits', turn: 0 });

      const { message } = await until('the refusal', () =>
        yard.person.shown.find((shown) => /cannot be applied/.test(shown.message)),
      );
      assert.doesNotMatch(message, /money/);
      assert.doesNotMatch(await onDisk('shop/money.ts'), /plus/);
      assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
    });
  }

  it('refuses edits to a file that changed since it was read', async () => {
    yard.cloud = () => RENAMED;
    await ask('Do it', 'shop/money.ts', 'shop/cart.ts');
    const typed = new vscode.WorkspaceEdit();
    typed.insert(fileUri('shop/money.ts'), new vscode.Position(0, 0), '// typed meanwhile\n');
    await vscode.workspace.applyEdit(typed);

    yard.answers.press({ type: 'review-edits', turn: 0 });

    await until('the refusal', () =>
      yard.person.shown.find(({ message }) => /money\.ts: has changed since/.test(message)),
    );
    const text = (await vscode.workspace.openTextDocument(fileUri('shop/money.ts'))).getText();
    assert.match(text, /^\/\/ typed meanwhile\n/);
    assert.doesNotMatch(text, /plus/);
  });
});
