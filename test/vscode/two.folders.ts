import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open } from './support/editor';
import { Edits } from './support/edits';
import { run } from './support/extension';
import { until } from './support/until';
import { shareYard } from './support/share-yard';
import type { Yard } from './support/yard';

/** A file of the first or the second folder; both are of the same name and hold the same files. */
function inFolder(index: 0 | 1, file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[index];
  assert.ok(folder, 'there are two folders');
  return vscode.Uri.joinPath(folder.uri, file);
}

const write = (uri: vscode.Uri, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));

const ADD = 'export const add = (a: Cents, b: Cents): Cents => cents(a + b);';
const change = (file: string): string =>
  `\`\`\`edit ${file}\n<<<<<<< SEARCH\n${ADD}\n=======\n${ADD.replace('add', 'plus')}\n>>>>>>> REPLACE\n\`\`\`\n`;

describe('a workspace of two folders', () => {
  let yard: Yard;
  shareYard((opened) => (yard = opened));

  async function askAboutBoth(question: string): Promise<void> {
    yard.person.answers(/^Ask about 2 files/, question);
    await run('ask', undefined, [inFolder(0, 'shop/money.ts'), inFolder(1, 'shop/money.ts')]);
  }

  it('gives files of the same path names of their own, in the prompt and in lists', async () => {
    await askAboutBoth('Which is older?');

    const sent = JSON.stringify(yard.cloudRequests.at(-1)?.body);
    assert.match(sent, /File workspace\/shop\/money\.ts/);
    assert.match(sent, /File workspace-2\/shop\/money\.ts/);
    await run('ask');
    const offered = yard.person.rows.filter(({ label }) => label === 'money.ts');
    assert.deepEqual(offered.map(({ description }) => description).sort(), [
      'workspace-2/shop',
      'workspace/shop',
    ]);
  });

  it('opens the file that an answer names', async () => {
    yard.cloud = () => 'See `workspace-2/shop/money.ts:8`.';
    await askAboutBoth('Where?');

    yard.answers.press({ type: 'open', path: 'workspace-2/shop/money.ts', line: 8 });

    await until(
      'the file of the second folder',
      () => vscode.window.activeTextEditor?.document.fileName === inFolder(1, 'shop/money.ts').fsPath,
    );
  });

  it('offers edits to the file that an answer names, and to no other', async () => {
    yard.cloud = () => change('workspace-2/shop/money.ts');
    await askAboutBoth('Rename add');

    const edits = new Edits();
    try {
      yard.answers.press({ type: 'review-edits', turn: 0 });
      await until('the preview', () => edits.discarded());
      assert.deepEqual(edits.files, [inFolder(1, 'shop/money.ts').fsPath]);
    } finally {
      edits.leave();
    }
  });

  const unclear: readonly (readonly [string, string])[] = [
    ['without its folder', 'shop/money.ts'],
    ['in no folder of the workspace', 'elsewhere/shop/money.ts'],
    ['that steps from one folder into the other', 'workspace/../workspace-2/shop/money.ts'],
    ['that makes something run', 'workspace-2/.vscode/tasks.json'],
  ];
  for (const [what, file] of unclear) {
    it(`refuses edits to a file ${what}`, async () => {
      yard.cloud = () => change(file);
      await askAboutBoth('Rename add');

      yard.answers.press({ type: 'review-edits', turn: 0 });

      await until('the refusal', () =>
        yard.person.shown.find(({ message }) => /cannot be applied/.test(message)),
      );
      assert.ok(vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty));
    });
  }

  it('keeps files here by the ignore files of their own folder', async () => {
    const refused = async (index: 0 | 1): Promise<boolean> => {
      await open(inFolder(index, 'shop/receipt.ts'));
      await run('nextCloud');
      await run('explain');
      return yard.outcomes.last?.result === 'refused';
    };
    await write(inFolder(1, '.gitignore'), 'receipt.ts\n');

    await until('the rule of the second folder', () => refused(1));
    assert.equal(await refused(0), false);
  });

  it('names a blocked file with its folder', async () => {
    await write(inFolder(1, '.env'), 'PORT=80\n');
    await open(inFolder(1, '.env'));
    yard.person.answers(/^What would be sent/, 'Explain the selection');

    await run('previewPrompt');

    const shown = vscode.workspace.textDocuments.findLast(({ uri }) =>
      uri.path.endsWith('What would be sent.txt'),
    );
    assert.match(shown?.getText() ?? '', /workspace-2\/\.env/);
  });
});
