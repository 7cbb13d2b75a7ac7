import * as vscode from 'vscode';
import type { AnswerView, FromAnswerPage, ToAnswerPage } from '../../answer/protocol';
import { readAnswerMessage } from '../../answer/read-message';
import { inBackground } from '../failures';
import { pageHtml, pageOptions, tabIcon } from '../webview-page';

/** The view beside the code that shows answers. It draws what it is given and reports what the user does. */
export class AnswerPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #messages = new vscode.EventEmitter<FromAnswerPage>();
  readonly onMessage = this.#messages.event;
  readonly #closed = new vscode.EventEmitter<void>();
  readonly onClose = this.#closed.event;
  #view: AnswerView;
  /** Hidden or still loading pages get no messages; they get the whole view when they come back. */
  #listening = false;
  /** A closed panel throws at every touch; its conversation may still be ending. */
  #gone = false;

  constructor(extensionUri: vscode.Uri, view: AnswerView) {
    this.#view = view;
    this.#panel = vscode.window.createWebviewPanel(
      'switchyard.answer',
      view.title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      pageOptions(extensionUri),
    );
    this.#panel.iconPath = tabIcon(extensionUri);
    this.#panel.webview.onDidReceiveMessage((raw: unknown) => this.#receive(raw));
    this.#panel.onDidChangeViewState(() => {
      if (!this.#panel.visible) this.#listening = false;
    });
    this.#panel.onDidDispose(() => {
      this.#gone = true;
      this.#closed.fire();
    });
    this.#panel.webview.html = pageHtml(this.#panel.webview, extensionUri, 'answer', 'Switchyard');
  }

  show(view: AnswerView): void {
    this.#view = view;
    if (this.#gone) return;
    if (this.#panel.title !== view.title) this.#panel.title = view.title;
    this.#post({ type: 'view', view });
  }

  /** Adds streamed text to one block; `view` is the whole view with that text in it. */
  append(block: string, text: string, view: AnswerView): void {
    this.#view = view;
    this.#post({ type: 'append', block, text });
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
    this.#messages.dispose();
    this.#closed.dispose();
  }

  #receive(raw: unknown): void {
    const message = readAnswerMessage(raw);
    if (message === undefined) return;
    if (message.type === 'ready') {
      this.#listening = true;
      this.#post({ type: 'view', view: this.#view });
    }
    this.#messages.fire(message);
  }

  #post(message: ToAnswerPage): void {
    if (this.#listening && !this.#gone)
      inBackground('Feeding the answer view', this.#panel.webview.postMessage(message));
  }
}
