import type { FrameLocator, Locator, Page } from 'playwright-core';
import { EditorPage } from './editor-page';
import { insist } from './insist';
import { QuickInputPage } from './quick-input-page';
import { findWebview } from './webview';

/** A tab that was asked for, on two busy cores. */
const OPENS_IN_MS = 5_000;

/** What a person does with the workbench as a whole: commands, status bar, notifications, quick picks. */
export class WorkbenchPage {
  readonly editor: EditorPage;
  readonly #quickInput: QuickInputPage;

  constructor(readonly page: Page) {
    this.editor = new EditorPage(page);
    this.#quickInput = new QuickInputPage(page);
  }

  /** Runs a command by its title in the command palette, as `Switchyard: Explain`. */
  async command(title: string): Promise<void> {
    await insist(async () => {
      await this.#quickInput.open('F1', `>${title}`);
      await this.#quickInput.take(title);
    });
  }

  /** True when the command palette offers the command now. */
  async offersCommand(title: string): Promise<boolean> {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await insist(async () => {
      await this.#quickInput.open('F1', `>${title}`);
      await rows.first().waitFor({ timeout: OPENS_IN_MS });
    });
    const labels = await rows.locator('.label-name').allTextContents();
    await this.page.keyboard.press('Escape');
    return labels.some((label) => label.trim() === title);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    const tab = this.page.locator('.editor-group-container.active .tab.active');
    await insist(async () => {
      await this.#quickInput.open('Control+P', name);
      await this.#quickInput.take(name);
      await tab.filter({ hasText: name.split('/').at(-1) ?? name }).waitFor({ timeout: OPENS_IN_MS });
    });
  }

  /** Types into the input box that is open and confirms. */
  answerInputBox(text: string): Promise<void> {
    return this.#quickInput.answer(text);
  }

  /** Picks the row of the open quick pick that holds `text`. */
  async pick(text: string): Promise<void> {
    const row = this.quickPickRow(text).first();
    await row.waitFor();
    await row.click();
  }

  quickPickRow(text: string): Locator {
    return this.#quickInput.row(text);
  }

  /** The extension's entries in the status bar. VS Code builds their ids from the extension's. */
  statusBarItem(extensionId = 'switchyard.switchyard'): Locator {
    return this.page.locator(`.statusbar-item[id^="${extensionId}"]`);
  }

  /** The toasts now on screen; a test of an extension in development finds them behind the bell only. */
  toast(text: string | RegExp): Locator {
    return this.page
      .locator('.notification-toast')
      .filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) });
  }

  async clickToastButton(text: string | RegExp, button: string): Promise<void> {
    await this.toast(text).locator('.monaco-button', { hasText: button }).click();
  }

  /** Everything behind the bell, newest first, one text a notification. */
  async notifications(): Promise<readonly string[]> {
    await this.command('Notifications: Show Notifications');
    const items = this.page.locator('.notifications-center .notification-list-item-message');
    const texts = await items.allTextContents();
    await this.page.keyboard.press('Escape');
    return texts;
  }

  /** A dialog with buttons, as `showInformationMessage(..., { modal: true })` shows it. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box', { hasText: text });
  }

  async clickDialogButton(text: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: text }).click();
  }

  /** The page in a webview, found by something it holds. */
  webview(selector: string, timeoutMs?: number): Promise<FrameLocator> {
    return findWebview(this.page, selector, timeoutMs);
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  async closeAllEditors(): Promise<void> {
    await this.command('View: Close All Editors');
  }
}
