import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { FileRules } from '../../privacy/files/file-rules';
import { guardPath } from '../../tasks/edits/path-guard';
import type { FileFacts } from '../../tasks/edits/plan-edits';
import { isReadOnly } from '../read-only';
import { fileRefOf } from '../source-file';
import { uriNamed } from '../workspace-names';

/** What is true now of each file a proposal names. Only paths that pass the guard are looked at. */
export async function gatherFacts(
  paths: readonly string[],
  given: ReadonlyMap<string, string>,
  rules: FileRules,
): Promise<(path: string) => FileFacts> {
  const facts = new Map<string, FileFacts>();
  for (const written of paths) {
    const guarded = guardPath(written);
    if (guarded.ok) facts.set(guarded.path, await factsOf(guarded.path, given.get(guarded.path), rules));
  }
  return (path) => facts.get(path) ?? { kind: 'absent', blockedBy: 'outside-workspace' };
}

async function factsOf(path: string, given: string | undefined, rules: FileRules): Promise<FileFacts> {
  const uri = uriNamed(path);
  if (uri === undefined) return { kind: 'absent', blockedBy: 'outside-workspace' };
  const blockedBy = await rules.check(fileRefOf(uri));
  const blocked = blockedBy === undefined ? {} : { blockedBy };
  const otherCase = await nameInOtherCase(uri);
  const named = otherCase === undefined ? {} : { otherCase };
  const real = await realPathOf(uri);
  const leads = real === undefined ? {} : { realPath: real };
  if (!(await exists(uri))) return { kind: 'absent', ...leads, ...blocked, ...named };
  // Of a folder, a socket or a file nobody may read there is no text: it counts as one that may not be written.
  const document = await documentAt(uri);
  if (document === undefined) return { kind: 'file', text: '', binary: true, ...blocked };
  return {
    kind: 'file',
    text: document.getText(),
    ...(given !== undefined && { given }),
    ...((await isReadOnly(document)) && { readOnly: true }),
    ...leads,
    ...blocked,
    ...named,
  };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function documentAt(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** The name as the file system has it, where it differs from the written one in case alone. */
async function nameInOtherCase(uri: vscode.Uri): Promise<string | undefined> {
  const name = uri.path.split('/').at(-1) ?? '';
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(uri, '..'));
    const names = entries.map(([entry]) => entry);
    if (names.includes(name)) return undefined;
    return names.find((entry) => entry.toLowerCase() === name.toLowerCase());
  } catch {
    return undefined;
  }
}

/**
 * Relative to the workspace, links followed; of a file that does not exist yet, where its nearest existing folder leads.
 * Undefined where VS Code does not tell.
 */
async function realPathOf(uri: vscode.Uri): Promise<string | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined || uri.scheme !== 'file') return undefined;
  const [root, real] = await Promise.all([realpath(folder.uri.fsPath), nearestRealPath(uri.fsPath)]);
  const inner = vscode.Uri.file(real).path;
  const prefix = `${vscode.Uri.file(root).path}/`;
  return inner.startsWith(prefix) ? inner.slice(prefix.length) : inner;
}

async function nearestRealPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await nearestRealPath(parent), basename(path));
  }
}
