import * as vscode from 'vscode';
import { showMessage, type Severity } from './message';

/** What became of a question; `too-late`: answered behind the bell after it had been withdrawn. */
export type Answered<Button extends string> =
  | { readonly kind: 'chosen'; readonly button: Button }
  | { readonly kind: 'closed' }
  | { readonly kind: 'too-late' };

/** A notification with buttons that stands until it is answered, or until its matter is settled elsewhere. */
export class Question {
  #open: symbol | undefined;

  async ask<const Button extends string>(
    severity: Severity,
    text: string,
    ...buttons: readonly Button[]
  ): Promise<Answered<Button>> {
    const mine = Symbol('question');
    this.#open = mine;
    const button = await showMessage(severity, text, ...buttons);
    const open = this.#open === mine;
    if (open) this.#open = undefined;
    if (button === undefined) return { kind: 'closed' };
    return open ? { kind: 'chosen', button } : { kind: 'too-late' };
  }

  /**
   * Takes it off the screen. VS Code lets nobody close a notification; hidden, all that are on screen wait behind the
   * bell, which is a smaller evil than buttons for what is no longer there.
   */
  async withdraw(): Promise<void> {
    if (this.#open === undefined) return;
    this.#open = undefined;
    await vscode.commands.executeCommand('notifications.hideToasts');
  }
}
