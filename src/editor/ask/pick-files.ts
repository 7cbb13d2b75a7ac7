import * as vscode from 'vscode';
import type { FileRules } from '../../privacy/files/file-rules';
import { PROPOSAL_SCHEME } from '../refactor/proposal-documents';
import { SKIPPED_FOLDERS } from '../skipped-folders';
import { fileRefOf } from '../source-file';
import { pickMany, type Row } from '../window/pick';
import { nameOf, pathInFolder } from '../workspace-names';

interface FileRow extends Row {
  readonly uri: vscode.Uri;
}

/** More files than a person scrolls through; typing narrows the list VS Code already has. */
const MOST_FILES = 3000;

/**
 * Lets the user choose files; those of the workspace that are open in editors are chosen already. Undefined when they
 * turn away. Files that `rules` keep here are not offered.
 */
export async function pickFiles(rules: Pick<FileRules, 'check'>): Promise<readonly vscode.Uri[] | undefined> {
  // Items that are still being found show as such, at once.
  const picks = await pickMany(rowsFor(rules), {
    title: 'Ask about files',
    placeHolder: 'Choose the files the answer should draw on',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picks === undefined || picks.length === 0 ? undefined : picks.map(({ uri }) => uri);
}

async function rowsFor(rules: Pick<FileRules, 'check'>): Promise<FileRow[]> {
  const open = await allowed(openFiles(), rules);
  const shown = new Set(open.map(String));
  const found = await vscode.workspace.findFiles('**/*', SKIPPED_FOLDERS, MOST_FILES);
  const others = await allowed(
    found.filter((uri) => !shown.has(uri.toString())),
    rules,
  );
  others.sort((a, b) => (a.path < b.path ? -1 : 1));
  return [...open.map((uri) => rowOf(uri, isOfWorkspace(uri))), ...others.map((uri) => rowOf(uri, false))];
}

function rowOf(uri: vscode.Uri, picked: boolean): FileRow {
  const path = pathInFolder(uri) === undefined ? uri.fsPath : nameOf(uri);
  const name = path.split('/').at(-1) ?? path;
  return { label: name, description: path === name ? '' : path.slice(0, -name.length - 1), uri, picked };
}

/** Nobody put a file from elsewhere on the table by having it open. */
const isOfWorkspace = (uri: vscode.Uri): boolean =>
  uri.scheme === 'untitled' || pathInFolder(uri) !== undefined;

async function allowed(uris: readonly vscode.Uri[], rules: Pick<FileRules, 'check'>): Promise<vscode.Uri[]> {
  const blocked = await Promise.all(uris.map((uri) => rules.check(fileRefOf(uri, true))));
  return uris.filter((_uri, index) => blocked[index] === undefined);
}

/** Files shown in any tab, in tab order, each once. */
export function openFiles(): vscode.Uri[] {
  const seen = new Map<string, vscode.Uri>();
  for (const { input } of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
    if (input instanceof vscode.TabInputText && !seen.has(input.uri.toString()))
      seen.set(input.uri.toString(), input.uri);
  }
  return [...seen.values()].filter(({ scheme }) => scheme !== 'output' && scheme !== PROPOSAL_SCHEME);
}
