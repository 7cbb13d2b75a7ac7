import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { note } from './report';

const ID = 'switchyard.switchyard';

/** VS Code's own account of its start, a text document with a table of extensions. */
async function startupPerformance(): Promise<string> {
  await vscode.commands.executeCommand('perfview.show');
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
  assert.ok(document, 'VS Code did not open its startup performance');
  return document.getText();
}

describe('start-up', () => {
  it('activates', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('is in the table VS Code keeps of what slowed its start', async () => {
    const row = (await startupPerformance()).split('\n').find((line) => line.includes(ID));
    assert.ok(row, `${ID} is not in VS Code's startup performance`);
    const [, , , load, activate, finish] = row.split('|').map((cell) => cell.trim());
    note(`load ${load ?? '?'} ms, activate() ${activate ?? '?'} ms, finished after ${finish ?? '?'} ms`);
  });
});
