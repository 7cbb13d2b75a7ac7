import * as vscode from 'vscode';
import type { SwitchyardApi } from './api';
import type { CommandName } from './command-names';
import { logFailuresTo, tellFailure } from './failures';

/** The running extension behind its commands. */
export interface Started {
  run(command: CommandName, args: readonly unknown[]): Promise<void>;
  readonly api: Pick<SwitchyardApi, 'stats' | 'onOutcome'>;
  /** Puts the dashboard into its view in the side bar; absent where Switchyard could not start. */
  readonly showDashboard?: (view: vscode.WebviewView) => void;
  /** Ends what runs and writes the books to the disk. */
  close(): Promise<void>;
}

/** Loads and starts the core once activation has returned. Commands that come before wait for it. */
export async function startCore(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  status: vscode.StatusBarItem,
): Promise<Started> {
  logFailuresTo(log);
  await new Promise((resolve) => setImmediate(resolve));
  try {
    const { openCore } = await import('./core/open-core');
    return await openCore(context, log, status);
  } catch (error) {
    status.text = '$(error) Switchyard';
    status.tooltip = 'Switchyard could not start. Click for the log.';
    tellFailure('Starting Switchyard', error);
    // Commands still answer: with the log, instead of silence.
    return {
      close: () => Promise.resolve(),
      run: () => {
        log.show();
        return Promise.resolve();
      },
      api: {
        stats: () => Promise.reject(new Error('Switchyard could not start.')),
        onOutcome: () => new vscode.Disposable(() => undefined),
      },
    };
  }
}
