import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { diskAccess, type FileAccess } from '../../privacy/files/file-access';
import { createFileRules, type FileRules } from '../../privacy/files/file-rules';
import { globalIgnoreFile } from '../../privacy/files/git-config';
import { normalisePath, relativeTo } from '../../privacy/files/paths';
import { unfollowedAccess } from '../../privacy/files/unfollowed-access';
import type { Settings } from '../settings/settings';
import { labelOf } from '../workspace-names';

/** The rules on what may leave, fed with this workspace: its folders, its settings, and changes to its ignore files. */
export function workspaceRules(
  settings: () => Settings,
  subscriptions: vscode.ExtensionContext['subscriptions'],
): FileRules {
  const rules = createFileRules({
    access,
    clock: systemClock,
    roots,
    label: (root) =>
      folders()
        .filter(({ uri }) => normalisePath(uri.path) === root)
        .map(labelOf)[0],
    excluded: () => settings().privacy.exclude,
    ignoreCase: process.platform === 'win32' || process.platform === 'darwin',
    home: vscode.Uri.file(homedir()).path,
    globalIgnoreFile: vscode.Uri.file(userIgnoreFile()).path,
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

const folders = (): readonly vscode.WorkspaceFolder[] => vscode.workspace.workspaceFolders ?? [];
const roots = (): string[] => folders().map(({ uri }) => uri.path);

/** Two small files, read once: git's settings hardly ever change while a window is open. */
const userIgnoreFile = (): string =>
  globalIgnoreFile({
    home: homedir(),
    xdgConfigHome: process.env['XDG_CONFIG_HOME'],
    read: (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
  });

/** True where the workspace lies on the machine this code runs on, so that symlinks can be followed. */
const onDisk = (): boolean => folders().every(({ uri }) => uri.scheme === 'file');

const NOT_THERE = new Set(['FileNotFound', 'FileNotADirectory', 'FileIsADirectory']);

/**
 * For workspaces that are not on this machine (the extension runs beside the user, the files are over SSH): VS Code
 * reads them, and does not tell where a link leads.
 */
const workspaceAccess = unfollowedAccess(
  {
    readText: (path) =>
      unlessAbsent(async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)))),
    isLink: (path) =>
      unlessAbsent(async () => {
        const { type } = await vscode.workspace.fs.stat(uriOf(path));
        return (type & vscode.FileType.SymbolicLink) !== 0;
      }),
  },
  roots,
);

async function unlessAbsent<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.FileSystemError && NOT_THERE.has(error.code)) return undefined;
    throw error;
  }
}

/** Folders may be added while the window is open, also from elsewhere: so this is asked anew each time. */
const access: FileAccess = {
  readText: (path) => (onDisk() ? diskAccess : workspaceAccess).readText(path),
  realPath: (path) => (onDisk() ? diskAccess : workspaceAccess).realPath(path),
};

/** Where its workspace folder is; what lies in none, where the first one is. */
function uriOf(path: string): vscode.Uri {
  const [first] = folders();
  const holding = folders().find(({ uri }) => relativeTo(uri.path, path, false) !== undefined) ?? first;
  return holding === undefined ? vscode.Uri.file(path) : holding.uri.with({ path });
}
