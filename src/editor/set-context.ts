import * as vscode from 'vscode';
import { inBackground } from './failures';

/** Sets what `when` clauses in package.json ask for as `switchyard.NAME`. */
export function setContext(name: string, value: boolean): void {
  inBackground(
    'Setting a context',
    vscode.commands.executeCommand('setContext', `switchyard.${name}`, value),
  );
}
