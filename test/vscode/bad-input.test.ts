import assert from 'node:assert/strict';
import { chmod, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { open, write } from './support/editor';
import { run } from './support/extension';
import { until } from './support/until';
import { shareYard } from './support/share-yard';
import type { Yard } from './support/yard';

describe('bad input', () => {
  let yard: Yard;
  shareYard((opened) => (yard = opened));

  /** Both surfaces that work on the open file say `message`, and no model hears of it. */
  async function bothSay(message: RegExp): Promise<void> {
    const asked = yard.localRequests.length + yard.cloudRequests.length;
    await run('explain');
    await run('refactor.simplify');

    assert.equal(
      yard.person.shown.filter(({ message: shown }) => message.test(shown)).length,
      2,
      JSON.stringify(yard.person.shown),
    );
    assert.equal(yard.localRequests.length + yard.cloudRequests.length, asked);
  }

  it('no editor', async () => bothSay(/^Open a file to (explain|refactor) first/));

  it('a file too large to work on', async () => {
    await open(await write('large.ts', 'const a = 1;\n'.repeat(170_000)));

    await bothSay(/too large/);
  });

  it('a binary file', async () => {
    // VS Code itself refuses what has a zero among its first 512 bytes.
    await open(await write('binary.ts', Buffer.from(`${'const a = 1;\n'.repeat(60)}\0\0\0`)));

    await bothSay(/binary/);
  });

  it('a selection without code', async () => {
    await open(await write('blank.ts', '\n   \n\n'));

    await bothSay(/no code here to/);
  });

  it('a view that is no file', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('somewhere', {
      provideTextDocumentContent: () => 'const a = 1;',
    });
    await open(vscode.Uri.parse('somewhere:/a.ts'));

    await bothSay(/this view is not one/);
    provider.dispose();
  });

  it('too much code for one refactor', async () => {
    await open(await write('long.ts', 'const a = 1;\n'.repeat(3_000)));

    await run('refactor.simplify');

    assert.match(yard.person.saw(/too much code/).message, /Select the part/);
    assert.equal(yard.cloudRequests.length, 0);
  });

  /** Our own titles in the lightbulb of what is selected. */
  async function lightbulb({ document, selection }: vscode.TextEditor): Promise<readonly string[]> {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      selection,
    );
    return actions.map(({ title }) => title).filter((title) => title.includes('Switchyard'));
  }

  const files = (key: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('files').update(key, value, vscode.ConfigurationTarget.Global);
  const readOnly: readonly (readonly [string, (uri: vscode.Uri) => Promise<void>])[] = [
    ['by a setting', async () => files('readonlyInclude', { 'locked.ts': true })],
    [
      'by its permissions',
      async ({ fsPath }) => {
        await chmod(fsPath, 0o444);
        await files('readonlyFromPermissions', true);
      },
    ],
  ];
  for (const [how, lock] of readOnly) {
    it(`a single document that is read-only ${how}: it can be explained, and not changed`, async () => {
      const uri = await write('locked.ts', 'export const one = 1;\n');
      const writable = await lightbulb(await open(uri, 'export const one'));
      assert.ok(writable.length > 1, 'refactors are offered before');
      await lock(uri);
      try {
        const editor = await open(uri, 'export const one');
        await until('the lock', async () => (await lightbulb(editor)).length === 1);
        assert.deepEqual(await lightbulb(editor), ['Explain with Switchyard']);

        await run('refactor.simplify');
        yard.person.saw(/read-only/);
        assert.equal(yard.cloudRequests.length, 0);
      } finally {
        await files('readonlyInclude', undefined);
        await files('readonlyFromPermissions', undefined);
        await rm(uri.fsPath, { force: true });
      }
    });
  }

  it('a file whose name would be an icon and a link: in lists and boxes it is neither', async () => {
    const uri = await write('$(trash)[x](command y).ts', 'export const one = 1;\n');
    await run('ask');
    const labels = yard.person.rows.map(({ label }) => label);
    assert.ok(labels.includes('$ (trash)[x] (command y).ts'), JSON.stringify(labels));

    yard.person.answers(/^Ask about 1 file/, 'What?');
    await run('ask', undefined, [uri]);
    assert.equal(yard.answers.view.title, 'Ask about $(trash)[x](command y).ts');
    for (const shown of [...yard.person.opened, ...yard.person.below])
      assert.doesNotMatch(shown, /\$\(|\]\(/);
    await rm(uri.fsPath);
  });

  it('a document that was never saved can be explained', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: 'print(1)\n' });
    await vscode.window.showTextDocument(document);

    await run('explain');

    assert.equal(yard.outcomes.last?.result, 'answered');
    assert.equal(yard.outcomes.last.languageId, 'python');
  });

  it('a file that is deleted while the answer comes', async () => {
    const uri = await write('fleeting.ts', 'export const a = 1;\n');
    await open(uri, 'export const a');
    yard.local = async () => {
      await vscode.workspace.fs.delete(uri);
      return 'It is gone.';
    };

    await run('explain');

    assert.equal(yard.answers.block.text, 'It is gone.');
  });
});
