import * as vscode from 'vscode';
import { plainNotice } from '../base/plain-notice';

/** A button under a notification: its title, and the command it runs. */
export interface NoticeAction {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

export interface Notice {
  /** A constant name, without anything a model or a file could have written. */
  readonly cause: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly NoticeAction[];
}

const NEVER = "Don't Show Again";
const SILENCED = 'switchyard.silenced';

/** Speaks to the user: replies to what they did always, background news once per cause. */
export class Notifier {
  readonly #told = new Set<string>();

  constructor(private readonly memory: vscode.Memento) {}

  /** An answer to something the user just did: shown each time, and never to be silenced for good. */
  async reply(notice: Omit<Notice, 'cause'>): Promise<void> {
    await this.#say(notice, []);
  }

  /** News in the background: not shown again while its cause lasts, and never after "Don't Show Again". */
  async show(notice: Notice): Promise<void> {
    if (this.#told.has(notice.cause) || this.silenced.includes(notice.cause)) return;
    this.#told.add(notice.cause);
    if ((await this.#say(notice, [NEVER])) === NEVER) {
      await this.memory.update(SILENCED, [...this.silenced, notice.cause]);
    }
  }

  /** The cause is gone: the next time it appears is news again. */
  resolved(cause: string): void {
    this.#told.delete(cause);
  }

  async #say(notice: Omit<Notice, 'cause'>, more: readonly string[]): Promise<string | undefined> {
    const titles = [...notice.actions.map((action) => action.title), ...more];
    const chosen = await SHOW[notice.severity](plainNotice(notice.message), ...titles);
    const action = notice.actions.find(({ title }) => title === chosen);
    if (action !== undefined)
      await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
    return chosen;
  }

  private get silenced(): readonly string[] {
    return this.memory.get<string[]>(SILENCED, []);
  }
}

const SHOW = {
  info: (message: string, ...titles: string[]) => vscode.window.showInformationMessage(message, ...titles),
  warning: (message: string, ...titles: string[]) => vscode.window.showWarningMessage(message, ...titles),
  error: (message: string, ...titles: string[]) => vscode.window.showErrorMessage(message, ...titles),
} as const;
