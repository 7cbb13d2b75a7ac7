import type { LogOutputChannel } from 'vscode';
import { showMessage } from './window/message';

type Log = Pick<LogOutputChannel, 'error' | 'show'>;

let log: Log | undefined;

/** To be called once, at the start: the extension has one log. */
export function logFailuresTo(channel: Log): void {
  log = channel;
}

/** Lets `work` go on by itself. Nobody waits for it, so that it failed stands in the log alone. `what`: a constant name. */
export function inBackground(what: string, work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => logFailure(what, error));
}

/** Lets `work` go on that the user asked for: when it fails, they hear of it once. `what`: a constant name. */
export function forUser(what: string, work: Thenable<unknown>): void {
  work.then(undefined, (error: unknown) => tellFailure(what, error));
}

/** Something the user asked for failed unexpectedly: says so, and where to read on. */
export function tellFailure(what: string, error: unknown): void {
  logFailure(what, error);
  inBackground(
    'Showing a failure',
    showMessage('error', `“${what}” could not be done.`, 'Show Log').then((chosen) => {
      if (chosen !== undefined) log?.show();
    }),
  );
}

/** Only the error's name and where it was thrown: a message may quote an address, a key or code. */
export function logFailure(what: string, error: unknown): void {
  const known = error instanceof Error ? error : undefined;
  const at = known?.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  log?.error(`${what} failed: ${known?.name ?? typeof error}${at.trimEnd()}`);
}
