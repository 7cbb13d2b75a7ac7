import * as vscode from 'vscode';
import type {
  AnswerView,
  BlockView,
  FromAnswerPage,
  ToAnswerPage,
  TurnView,
} from '../../../src/answer/protocol';

/**
 * Reads along what the extension sends to its answer pages, and presses their buttons. The pages themselves run as
 * ever, in VS Code's own webviews.
 */
export class AnswerViews {
  #view: AnswerView | undefined;
  #press: ((message: FromAnswerPage) => void) | undefined;
  readonly #create = vscode.window.createWebviewPanel;
  readonly #panels: vscode.WebviewPanel[] = [];

  constructor() {
    const create = this.#create;
    const watched = (...args: Parameters<typeof create>): vscode.WebviewPanel => this.#watch(create(...args));
    Object.assign(vscode.window, { createWebviewPanel: watched });
  }

  /** What stands on the page, or will once it has loaded; undefined while there is no page. */
  get shown(): AnswerView | undefined {
    this.#press?.({ type: 'ready' });
    return this.#view;
  }

  get view(): AnswerView {
    const view = this.shown;
    if (view === undefined) throw new Error('No answer was shown');
    return view;
  }

  get turn(): TurnView {
    const turn = this.view.turns.at(-1);
    if (turn === undefined) throw new Error('The view has no turn');
    return turn;
  }

  get block(): BlockView {
    const block = this.turn.blocks.at(-1);
    if (block === undefined) throw new Error(`The turn has no answer; ${JSON.stringify(this.turn.notice)}`);
    return block;
  }

  press(message: FromAnswerPage): void {
    if (this.#press === undefined) throw new Error('There is no answer page');
    this.#press(message);
  }

  /** Closes the pages; the next answer opens one anew. */
  close(): void {
    for (const panel of this.#panels.splice(0)) panel.dispose();
    this.#view = undefined;
    this.#press = undefined;
  }

  leave(): void {
    this.close();
    Object.assign(vscode.window, { createWebviewPanel: this.#create });
  }

  #watch(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    this.#panels.push(panel);
    const post = (message: ToAnswerPage): Thenable<boolean> => {
      this.#read(message);
      return panel.webview.postMessage(message);
    };
    const receive = (listener: (message: unknown) => unknown): vscode.Disposable => {
      this.#press = listener;
      return panel.webview.onDidReceiveMessage(listener);
    };
    const webview = withMembers(panel.webview, { postMessage: post, onDidReceiveMessage: receive });
    return withMembers(panel, { webview });
  }

  #read(message: ToAnswerPage): void {
    if (message.type === 'view') this.#view = message.view;
    else if (this.#view !== undefined) {
      const { block: id, text } = message;
      const turns = this.#view.turns.map((turn) => ({
        ...turn,
        blocks: turn.blocks.map((block) => (block.id === id ? { ...block, text: block.text + text } : block)),
      }));
      this.#view = { ...this.#view, turns };
    }
  }
}

/** VS Code's own objects are frozen, and their members ask to be called on them. */
function withMembers<T extends object>(object: T, members: Partial<Record<keyof T, unknown>>): T {
  return new Proxy({} as T, {
    get: (_target, name): unknown => {
      if (name in members) return members[name as keyof T];
      const value: unknown = Reflect.get(object, name);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(object) : value;
    },
    set: (_target, name, value: unknown) => Reflect.set(object, name, value),
  });
}
