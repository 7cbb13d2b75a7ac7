import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { diskAccess, type FileAccess } from '../../privacy/files/file-access';
import { createFileRules, type FileRules } from '../../privacy/files/file-rules';
import type { Settings } from '../settings/settings';

/** The rules on what may leave, fed with this workspace: its folders, its settings, and changes to its ignore files. */
export function workspaceRules(
  settings: () => Settings,
  subscriptions: vscode.ExtensionContext['subscriptions'],
): FileRules {
  const rules = createFileRules({
    access: onDisk() ? diskAccess : workspaceAccess,
    clock: systemClock,
    roots: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.path),
    excluded: () => settings().privacy.exclude,
    ignoreCase: process.platform === 'win32' || process.platform === 'darwin',
    home: vscode.Uri.file(homedir()).path,
    globalIgnoreFile: vscode.Uri.joinPath(vscode.Uri.file(homedir()), '.config', 'git', 'ignore').path,
  });
  const watcher = vscode.workspace.createFileSystemWatcher(
    '**/{.gitignore,.switchyardignore,.git/info/exclude}',
  );
  const changed = ({ path }: vscode.Uri): void => rules.changed(path);
  subscriptions.push(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidRenameFiles(() => rules.changed()),
    vscode.workspace.onDidCreateFiles(() => rules.changed()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => rules.changed()),
  );
  return rules;
}

/** True where the workspace lies on the machine this code runs on, so that symlinks can be followed. */
const onDisk = (): boolean =>
  (vscode.workspace.workspaceFolders ?? []).every(({ uri }) => uri.scheme === 'file');

/**
 * For workspaces that are not on this machine (the extension runs beside the user, the files are over SSH): VS Code
 * reads them. It does not tell where a link leads, so a link itself counts as leading out.
 */
const workspaceAccess: FileAccess = {
  async readText(path) {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && NOT_THERE.has(error.code)) return undefined;
      throw error;
    }
  },
  async realPath(path) {
    try {
      const { type } = await vscode.workspace.fs.stat(uriOf(path));
      if ((type & vscode.FileType.SymbolicLink) !== 0)
        throw new Error('where a link leads is not known here');
      return path;
    } catch (error) {
      if (error instanceof vscode.FileSystemError && NOT_THERE.has(error.code)) return undefined;
      throw error;
    }
  },
};

const NOT_THERE = new Set(['FileNotFound', 'FileNotADirectory', 'FileIsADirectory']);

function uriOf(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder === undefined ? vscode.Uri.file(path) : folder.uri.with({ path });
}
