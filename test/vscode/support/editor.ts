import assert from 'node:assert/strict';
import { writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return folder.uri.fsPath;
}

export const fileUri = (file: string): vscode.Uri => vscode.Uri.file(path.join(workspaceFolder(), file));

/** Writes a file of the workspace. */
export async function write(file: string, text: string | Uint8Array): Promise<vscode.Uri> {
  const uri = fileUri(file);
  await mkdir(path.dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, text);
  return uri;
}

/** Opens a file in the first column and selects `text`, or puts the caret before it where `caret` is set. */
export async function open(file: string | vscode.Uri, text = '', caret = false): Promise<vscode.TextEditor> {
  const uri = typeof file === 'string' ? fileUri(file) : file;
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    preview: false,
  });
  select(editor, text, caret);
  return editor;
}

export function select(editor: vscode.TextEditor, text: string, caret = false): void {
  const at = editor.document.getText().indexOf(text);
  assert.ok(at >= 0, `'${text}' is not in ${editor.document.fileName}`);
  const [start, end] = [editor.document.positionAt(at), editor.document.positionAt(at + text.length)];
  editor.selection = caret ? new vscode.Selection(start, start) : new vscode.Selection(start, end);
}

/** Every tab closed, nothing saved. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
