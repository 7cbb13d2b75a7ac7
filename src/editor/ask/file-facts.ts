import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { FileRules } from '../../privacy/files/file-rules';
import { guardPath } from '../../tasks/edits/path-guard';
import type { FileFacts } from '../../tasks/edits/plan-edits';
import { fileRefOf } from '../source-file';

/** Where a path of an answer lies in this workspace; undefined where it can lie nowhere. */
export function uriOf(path: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) {
    const [only] = folders;
    return only === undefined ? undefined : vscode.Uri.joinPath(only.uri, path);
  }
  // In a workspace of several folders every path begins with the name of its folder.
  const [name = '', ...rest] = path.split('/');
  const named = folders.filter((candidate) => candidate.name === name);
  // Two folders of one name cannot be told apart by what a model wrote.
  const [folder] = named.length === 1 ? named : [];
  return folder === undefined || rest.length === 0 ? undefined : vscode.Uri.joinPath(folder.uri, ...rest);
}

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
  const uri = uriOf(path);
  if (uri === undefined) return { kind: 'absent', blockedBy: 'outside-workspace' };
  const blockedBy = await rules.check(fileRefOf(uri));
  const blocked = blockedBy === undefined ? {} : { blockedBy };
  const stat = await statOf(uri);
  const otherCase = await nameInOtherCase(uri);
  const named = otherCase === undefined ? {} : { otherCase };
  const real = await realPathOf(uri);
  const leads = real === undefined ? {} : { realPath: real };
  if (stat === undefined) return { kind: 'absent', ...leads, ...blocked, ...named };
  // Of a folder, a socket or a file nobody may read there is no text: it counts as one that may not be written.
  const text = await textOf(uri);
  if (text === undefined) return { kind: 'file', text: '', binary: true, ...blocked };
  return {
    kind: 'file',
    text,
    ...(given !== undefined && { given }),
    ...((stat.permissions ?? 0) !== 0 && { readOnly: true }),
    ...leads,
    ...blocked,
    ...named,
  };
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
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
