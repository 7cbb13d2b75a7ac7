import * as vscode from 'vscode';

/** A button under a notification: its title, and the command it runs. */
export interface NoticeAction {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

export interface Notice {
  /** One cause, one notification: the same cause stays quiet until `resolved` is called for it. */
  readonly cause: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly NoticeAction[];
}

const NEVER = "Don't Show Again";
const SILENCED = 'switchyard.silenced';

export class Notifier {
  readonly #showing = new Set<string>();

  constructor(private readonly memory: vscode.Memento) {}

  /** Shows the notice unless its cause is already known to the user or silenced by them. */
  async show(notice: Notice): Promise<void> {
    if (this.#showing.has(notice.cause) || this.silenced.includes(notice.cause)) return;
    this.#showing.add(notice.cause);
    const titles = [...notice.actions.map((action) => action.title), NEVER];
    const chosen = await SHOW[notice.severity](notice.message, ...titles);
    if (chosen === NEVER) await this.memory.update(SILENCED, [...this.silenced, notice.cause]);
    const action = notice.actions.find(({ title }) => title === chosen);
    if (action !== undefined)
      await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
  }

  /** The cause is gone: the next time it appears is news again. */
  resolved(cause: string): void {
    this.#showing.delete(cause);
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
