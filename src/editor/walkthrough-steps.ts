import * as vscode from 'vscode';
import { setContext } from './set-context';

/**
 * Has VS Code tick the steps of the walkthrough that were done before it read them. A step bound to a context that is true
 * by then is never ticked in that window; so package.json also binds it to the same together with this one, which is true
 * for a moment when a page that may be the walkthrough comes to the front, and false whenever steps are read.
 */
export function tickDoneSteps(): vscode.Disposable {
  return vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
    if (![...opened, ...changed].some(mayBeWalkthrough)) return;
    setContext('ticking', true);
    setContext('ticking', false);
  });
}

/** The API has no kind of tab for the pages of VS Code itself. */
const mayBeWalkthrough = ({ isActive, input }: vscode.Tab): boolean => isActive && input === undefined;
