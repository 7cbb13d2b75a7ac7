import * as vscode from 'vscode';
import type { ExportFormat, Ledger } from '../../ledger';
import { askModal, showMessage, tell } from '../window/message';

const FILTERS: Readonly<Record<ExportFormat, Record<string, string[]>>> = {
  csv: { 'Comma-separated values': ['csv'] },
  json: { JSON: ['json'] },
};

/** Writes the ledger where the user says. It holds figures and reasons, and never code or prompts. */
export async function exportLedger(ledger: Ledger, format: ExportFormat): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `switchyard-ledger.${format}`;
  const target = await vscode.window.showSaveDialog({
    title: 'Export the ledger',
    filters: FILTERS[format],
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (target === undefined) return;
  const pieces: string[] = [];
  for await (const piece of ledger.export(format)) pieces.push(piece);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(pieces.join('')));
  const chosen = await showMessage('info', `The ledger is in ${target.fsPath}.`, 'Open');
  if (chosen === 'Open') await vscode.window.showTextDocument(target);
}

export async function resetLedger(ledger: Ledger): Promise<void> {
  const chosen = await askModal(
    'warning',
    'Forget all figures and requests, in all windows? This cannot be undone. Export first if you may need them.',
    [],
    'Forget Everything',
  );
  if (chosen !== 'Forget Everything') return;
  const done = await ledger.reset();
  if (!done) tell('warning', 'Another window was at work on the ledger. Try again in a moment.');
}
