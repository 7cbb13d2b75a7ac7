import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { note } from './report';
import { until } from './support/until';

const ID = 'switchyard.switchyard';

/** The extension's row in VS Code's own account of its start, a text document with a table of extensions. */
async function startupRow(): Promise<string | undefined> {
  await vscode.commands.executeCommand('perfview.show');
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
  assert.ok(document, 'VS Code did not open its startup performance');
  return document
    .getText()
    .split('\n')
    .find((line) => line.includes(ID));
}

describe('start-up', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('is in the table VS Code keeps of what slowed its start', async () => {
    let row: string | undefined;
    // VS Code fills the table in once its start has settled, seconds after the first suite may run.
    await until('its row', async () => (row = await startupRow()) !== undefined);
    const [, , , load, activate, finish] = (row ?? '').split('|').map((cell) => cell.trim());
    note(`load ${load ?? '?'} ms, activate() ${activate ?? '?'} ms, finished after ${finish ?? '?'} ms`);
  });
});
