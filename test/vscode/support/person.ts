import * as vscode from 'vscode';
import { until } from './until';

/** Something VS Code showed. */
export interface Shown {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
}

interface Reply {
  readonly to: RegExp;
  readonly text: string;
  used: boolean;
}

const REPLACED = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showInputBox',
  'showQuickPick',
  'createInputBox',
  'createQuickPick',
  'withProgress',
] as const;

type Labelled = string | { readonly label?: string; readonly title?: string };

const labelOf = (item: Labelled): string =>
  typeof item === 'string' ? item : (item.label ?? item.title ?? '');

/**
 * Stands in for the person in front of the window: reads what is shown, presses buttons, types into boxes. What it
 * was not told to answer it turns away, as Escape does. The suites lie in the extension's folder, so VS Code gives
 * both the same `vscode` object, and what is put in its place here is what the extension calls.
 */
export class Person {
  readonly shown: Shown[] = [];
  /** Titles of the boxes and lists that were opened. */
  readonly opened: string[] = [];
  /** The rows of the last list that was opened. */
  rows: readonly vscode.QuickPickItem[] = [];
  /** What stood below the boxes and rows that were chosen. */
  readonly below: string[] = [];
  /** Progress that is shown now: its title, and its Cancel. */
  readonly #progress = new Map<string, vscode.CancellationTokenSource>();
  readonly #replies: Reply[] = [];
  readonly #before = Object.fromEntries(REPLACED.map((name) => [name, vscode.window[name]]));

  constructor() {
    const message =
      (severity: Shown['severity']) =>
      (text: string, ...rest: unknown[]): Promise<unknown> => {
        const buttons = rest.filter(isButton);
        this.shown.push({ severity, message: text, buttons: buttons.map(labelOf) });
        return Promise.resolve(this.#choose(text, buttons));
      };
    Object.assign(vscode.window, {
      showInformationMessage: message('info'),
      showWarningMessage: message('warning'),
      showErrorMessage: message('error'),
      showInputBox: (options: vscode.InputBoxOptions = {}) =>
        Promise.resolve(this.#reply(options.title ?? '')),
      showQuickPick: async (
        items: readonly vscode.QuickPickItem[] | Promise<readonly vscode.QuickPickItem[]>,
        options?: vscode.QuickPickOptions,
      ) => {
        this.rows = await items;
        const chosen = this.#choose(options?.title ?? '', this.rows);
        return options?.canPickMany === true && chosen !== undefined ? [chosen] : chosen;
      },
      createInputBox: () => this.#inputBox(),
      createQuickPick: () => this.#quickPick(),
      withProgress: (options: vscode.ProgressOptions, work: ProgressWork) =>
        this.#watchProgress(options, work),
    });
  }

  /** Will answer the next message, box or list whose text or title matches: with a button, a row, or what to type. */
  answers(to: RegExp, text: string): void {
    this.#replies.push({ to, text, used: false });
  }

  /** The last message that matches. @throws with what was shown instead */
  saw(pattern: RegExp): Shown {
    const found = this.shown.findLast(({ message }) => pattern.test(message));
    if (found === undefined) {
      throw new Error(`Nothing shown matches ${String(pattern)}; shown: ${JSON.stringify(this.shown)}`);
    }
    return found;
  }

  /** Presses Cancel on the progress whose title matches, as soon as it shows. */
  async cancels(pattern: RegExp): Promise<void> {
    const found = (): [string, vscode.CancellationTokenSource] | undefined =>
      [...this.#progress].find(([title]) => pattern.test(title));
    const [, cancel] = await until(`progress that matches ${String(pattern)}`, found);
    cancel.cancel();
  }

  forget(): void {
    this.shown.length = 0;
    this.opened.length = 0;
    this.below.length = 0;
    this.#replies.length = 0;
  }

  /** VS Code is its old self again. */
  leave(): void {
    Object.assign(vscode.window, this.#before);
  }

  #reply(title: string): string | undefined {
    this.opened.push(title);
    const reply = this.#replies.find(({ to, used }) => !used && to.test(title));
    if (reply !== undefined) reply.used = true;
    return reply?.text;
  }

  #choose(title: string, items: readonly Labelled[]): Labelled | undefined {
    const wanted = this.#reply(title);
    return wanted === undefined ? undefined : items.find((item) => labelOf(item).includes(wanted));
  }

  /** Types its reply and presses Enter as soon as the box is shown; Escape where it has none. */
  #inputBox(): vscode.InputBox {
    const changed = new vscode.EventEmitter<string>();
    const accepted = new vscode.EventEmitter<void>();
    const hidden = new vscode.EventEmitter<void>();
    const box = {
      title: '',
      value: '',
      prompt: '',
      onDidChangeValue: changed.event,
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      show: (): void => {
        const text = this.#reply(box.title);
        setImmediate(() => {
          if (text === undefined) {
            hidden.fire();
            return;
          }
          box.value = text;
          changed.fire(text);
          this.below.push(box.prompt);
          accepted.fire();
        });
      },
      hide: () => hidden.fire(),
      dispose: (): void => undefined,
    };
    return box as unknown as vscode.InputBox;
  }

  /** Chooses the row that its reply names, or types it; Escape where it has none. */
  #quickPick(): vscode.QuickPick<vscode.QuickPickItem> {
    const changed = new vscode.EventEmitter<string>();
    const accepted = new vscode.EventEmitter<void>();
    const hidden = new vscode.EventEmitter<void>();
    const list = {
      title: '',
      value: '',
      items: [] as readonly vscode.QuickPickItem[],
      activeItems: [] as readonly vscode.QuickPickItem[],
      selectedItems: [],
      onDidChangeValue: changed.event,
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      show: (): void => {
        const text = this.#reply(list.title);
        setImmediate(() => {
          if (text === undefined) {
            hidden.fire();
            return;
          }
          const named = (): readonly vscode.QuickPickItem[] =>
            list.items.filter(({ label }) => label.includes(text));
          if (named().length === 0) {
            list.value = text;
            changed.fire(text);
          }
          list.activeItems = named();
          this.below.push(...list.activeItems.map(({ detail }) => detail ?? ''));
          accepted.fire();
        });
      },
      hide: () => hidden.fire(),
      dispose: (): void => undefined,
    };
    return list as unknown as vscode.QuickPick<vscode.QuickPickItem>;
  }

  async #watchProgress(options: vscode.ProgressOptions, work: ProgressWork): Promise<unknown> {
    const title = options.title ?? '';
    const cancel = new vscode.CancellationTokenSource();
    this.opened.push(title);
    this.#progress.set(title, cancel);
    try {
      return await work({ report: () => undefined }, cancel.token);
    } finally {
      this.#progress.delete(title);
    }
  }
}

type ProgressWork = (
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
) => Thenable<unknown>;

/** Beside the buttons, messages take an options object. */
const isButton = (item: unknown): item is Labelled =>
  typeof item === 'string' || (typeof item === 'object' && item !== null && 'title' in item);
