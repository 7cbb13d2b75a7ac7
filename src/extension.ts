import * as vscode from 'vscode';
import type { SwitchyardApi } from './editor/api';
import { createStatusItem } from './editor/status/status-item';
import { COMMANDS } from './editor/command-names';
import { registerDashboardView } from './editor/dashboard/dashboard-view';
import { startCore, type Started } from './editor/start-core';

let running: Promise<Started> | undefined;

/** Shows the status bar, takes commands, and leaves all else to the core, which loads right behind. */
export function activate(context: vscode.ExtensionContext): SwitchyardApi {
  const log = vscode.window.createOutputChannel('Switchyard', { log: true });
  const status = createStatusItem();
  context.subscriptions.push(log, status);
  const core = startCore(context, log, status);
  running = core;
  for (const name of COMMANDS) {
    const run = async (...args: unknown[]): Promise<void> => (await core).run(name, args);
    context.subscriptions.push(vscode.commands.registerCommand(`switchyard.${name}`, run));
  }
  context.subscriptions.push(registerDashboardView(core));
  return {
    version: 1,
    stats: async () => (await core).api.stats(),
    onOutcome: (listener) =>
      new vscode.Disposable(stopLater(core.then(({ api }) => api.onOutcome(listener)))),
  };
}

/** VS Code waits for this, and not for what the subscriptions still do: so the books are closed here. */
export async function deactivate(): Promise<void> {
  await (await running)?.close();
}

const stopLater = (started: Promise<{ dispose(): unknown }>) => (): void => {
  started.then((listening) => listening.dispose()).catch(() => undefined);
};
