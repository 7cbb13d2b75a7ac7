import { effect, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import { AfterPause } from '../../base/after-pause';
import type { Settings } from '../settings/settings';

/** The rules forget what an ignore file said when it changes; they hear of it in the same moment as we do, in ms. */
const SETTLE_MS = 200;
const IGNORE_FILES = '**/{.gitignore,.switchyardignore,.git/info/exclude}';

/**
 * Calls `changed` soon, and again whenever the rules on files may say something else: an ignore file, a setting or a
 * folder changed.
 */
export function onRulesChange(settings: Store<Settings>, changed: () => void): vscode.Disposable {
  const pause = new AfterPause(SETTLE_MS, changed);
  const soon = (): undefined => {
    pause.restart();
  };
  const ignoreFiles = vscode.workspace.createFileSystemWatcher(IGNORE_FILES);
  return vscode.Disposable.from(
    pause,
    new vscode.Disposable(effect([settings], soon)),
    ignoreFiles,
    ignoreFiles.onDidChange(soon),
    ignoreFiles.onDidCreate(soon),
    ignoreFiles.onDidDelete(soon),
    vscode.workspace.onDidChangeWorkspaceFolders(soon),
  );
}
