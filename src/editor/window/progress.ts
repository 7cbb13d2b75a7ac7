import * as vscode from 'vscode';
import { plainNotice } from '../../base/plain-notice';

export interface Step {
  readonly message: string;
  /** How much is done in all, 0 to 100; a bar never goes back. Absent: not known. */
  readonly percent?: number;
}

/**
 * Shows that `work` is under way, with a cancel that aborts its signal; resolves with what it resolves with.
 */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (step: Step) => void) => Promise<T>,
): Promise<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plainNotice(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    let shown = 0;
    return work(stop.signal, ({ message, percent = 0 }) => {
      progress.report({ message: plainNotice(message), increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    });
  });
}
