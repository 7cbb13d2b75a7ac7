import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';

const ANYBODY_WRITES = 0o222;

/**
 * Whether VS Code keeps this document from being changed: its file system, its file's permissions, or the settings
 * `files.readonly*`. That an editor was made read-only for this session alone, VS Code tells nobody.
 */
export async function isReadOnly(document: vscode.TextDocument): Promise<boolean> {
  const { uri, isUntitled } = document;
  if (isUntitled) return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  return isReadOnlyBySettings(document) || (await isWriteProtected(uri));
}

/** What the disk's permissions say counts for VS Code only where the user wants it to, and its `stat` leaves it out. */
async function isWriteProtected(uri: vscode.Uri): Promise<boolean> {
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    if (permissions !== 0) return true;
    const byDisk = vscode.workspace.getConfiguration('files', uri).get('readonlyFromPermissions') === true;
    return byDisk && uri.scheme === 'file' && ((await stat(uri.fsPath)).mode & ANYBODY_WRITES) === 0;
  } catch {
    // Not there, so nothing protects it.
    return false;
  }
}

function isReadOnlyBySettings(document: vscode.TextDocument): boolean {
  const files = vscode.workspace.getConfiguration('files', document.uri);
  return isAmong(document, files.get('readonlyInclude')) && !isAmong(document, files.get('readonlyExclude'));
}

/** `globs`: as in VS Code's settings, globs to true or false; anything may stand there. */
function isAmong(document: vscode.TextDocument, globs: unknown): boolean {
  if (typeof globs !== 'object' || globs === null) return false;
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return Object.entries(globs).some(([glob, on]) => {
    const pattern = folder === undefined ? glob : new vscode.RelativePattern(folder, glob);
    return on === true && vscode.languages.match({ pattern }, document) > 0;
  });
}
