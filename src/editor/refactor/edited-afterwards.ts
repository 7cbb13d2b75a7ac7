import * as vscode from 'vscode';
import { editedSince } from '../../tasks/edited-since';

/** Whoever changes an accepted proposal does so soon; later edits are the next piece of work. In ms. */
const LOOK_AFTER_MS = 3 * 60_000;

/** Calls `edited` once if the accepted text no longer stands in the document when it is saved, or some minutes later. */
export function watchEditedAfterwards(
  document: vscode.TextDocument,
  accepted: string,
  edited: () => void,
): vscode.Disposable {
  const look = (): void => {
    ended.dispose();
    if (!document.isClosed && editedSince(document.getText(), accepted)) edited();
  };
  const timer = setTimeout(look, LOOK_AFTER_MS);
  const saving = vscode.workspace.onDidSaveTextDocument((saved) => {
    if (saved === document) look();
  });
  const ended = new vscode.Disposable(() => {
    clearTimeout(timer);
    saving.dispose();
  });
  return ended;
}
