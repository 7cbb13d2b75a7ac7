import * as vscode from 'vscode';
import type { SwitchyardApi } from './editor/api';
import { createStatusItem } from './editor/status/status-item';
import { COMMANDS } from './editor/command-names';
import { startCore } from './editor/start-core';

/** Shows the status bar, takes commands, and leaves all else to the core, which loads right behind. */
export function activate(context: vscode.ExtensionContext): SwitchyardApi {
  const log = vscode.window.createOutputChannel('Switchyard', { log: true });
  const status = createStatusItem();
  context.subscriptions.push(log, status);
  const core = startCore(context, log, status);
  for (const name of COMMANDS) {
    const run = async (...args: unknown[]): Promise<void> => (await core).run(name, args);
    context.subscriptions.push(vscode.commands.registerCommand(`switchyard.${name}`, run));
  }
  return {
    version: 1,
    stats: async () => (await core).api.stats(),
    onOutcome: (listener) =>
      new vscode.Disposable(stopLater(core.then(({ api }) => api.onOutcome(listener)))),
  };
}

/** Everything is disposed of through the context's subscriptions. */
export function deactivate(): void {
  // Nothing of its own to end.
}

const stopLater = (started: Promise<{ dispose(): unknown }>) => (): void => {
  void started.then((listening) => listening.dispose());
};
