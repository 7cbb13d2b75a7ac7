import * as vscode from 'vscode';
import { relativeTo } from '../source-file';

interface Item extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** More files than a person scrolls through; typing narrows the list VS Code already has. */
const MOST_FILES = 3000;

/** Lets the user choose files; those open in editors are chosen already. Undefined when they turn away. */
export async function pickFiles(): Promise<readonly vscode.Uri[] | undefined> {
  const open = openFiles();
  const chosen = new Set(open.map(String));
  const found = await vscode.workspace.findFiles('**/*', undefined, MOST_FILES);
  const others = found
    .filter((uri) => !chosen.has(uri.toString()))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const item = (uri: vscode.Uri, picked: boolean): Item => {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const path = folder === undefined ? uri.fsPath : relativeTo(folder, uri);
    const name = path.split('/').at(-1) ?? path;
    return { label: name, description: path === name ? '' : path.slice(0, -name.length - 1), uri, picked };
  };
  const picks = await vscode.window.showQuickPick(
    [...open.map((uri) => item(uri, true)), ...others.map((uri) => item(uri, false))],
    {
      title: 'Ask about files',
      placeHolder: 'Choose the files the answer should draw on',
      canPickMany: true,
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  return picks === undefined || picks.length === 0 ? undefined : picks.map(({ uri }) => uri);
}

/** Files shown in any tab, in tab order, each once. */
export function openFiles(): vscode.Uri[] {
  const seen = new Map<string, vscode.Uri>();
  for (const { input } of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
    if (input instanceof vscode.TabInputText && !seen.has(input.uri.toString()))
      seen.set(input.uri.toString(), input.uri);
  }
  return [...seen.values()].filter(({ scheme }) => scheme !== 'output' && scheme !== 'switchyard-proposal');
}
