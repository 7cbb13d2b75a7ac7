import * as vscode from 'vscode';
import { forUser, inBackground } from './failures';
import { showMessage, type Severity } from './window/message';

/** A button under a notification: its title, and what it runs. */
export type NoticeAction =
  | { readonly title: string; readonly command: string; readonly arguments?: readonly unknown[] }
  | { readonly title: string; readonly run: () => Promise<unknown> };

export interface Notice {
  /** A constant name, without anything a model or a file could have written. */
  readonly cause: string;
  readonly severity: Severity;
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
  reply(notice: Omit<Notice, 'cause'>): void {
    forUser('Answering a step', this.#say(notice, []));
  }

  /** News in the background: not shown again while its cause lasts, and never after "Don't Show Again". */
  show(notice: Notice): void {
    if (this.#told.has(notice.cause) || this.silenced.includes(notice.cause)) return;
    this.#told.add(notice.cause);
    inBackground('Telling of news', this.#news(notice));
  }

  async #news(notice: Notice): Promise<void> {
    if ((await this.#say(notice, [NEVER])) === NEVER)
      await this.memory.update(SILENCED, [...this.silenced, notice.cause]);
  }

  /** The cause is gone: the next time it appears is news again. */
  resolved(cause: string): void {
    this.#told.delete(cause);
  }

  async #say(notice: Omit<Notice, 'cause'>, more: readonly string[]): Promise<string | undefined> {
    const titles = [...notice.actions.map((action) => action.title), ...more];
    const chosen = await showMessage(notice.severity, notice.message, ...titles);
    const action = notice.actions.find(({ title }) => title === chosen);
    if (action !== undefined) await run(action);
    return chosen;
  }

  private get silenced(): readonly string[] {
    return this.memory.get<string[]>(SILENCED, []);
  }
}

const run = (action: NoticeAction): PromiseLike<unknown> =>
  'run' in action
    ? action.run()
    : vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
