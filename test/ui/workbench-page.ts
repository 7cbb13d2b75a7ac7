import type { FrameLocator, Locator, Page } from 'playwright-core';
import { EditorPage } from './editor-page';
import { findWebview } from './webview';

/** On two busy cores. */
const OPENS_IN_MS = 2_000;
const GIVES_UP_AFTER_MS = 20_000;
/** A command typed in full is among the first rows. */
const ROWS_DOWN = 10;

/** What a person does with the workbench as a whole: commands, status bar, notifications, quick picks. */
export class WorkbenchPage {
  readonly editor: EditorPage;

  constructor(readonly page: Page) {
    this.editor = new EditorPage(page);
  }

  /** Runs a command by its title in the command palette, as `Switchyard: Explain`. */
  async command(title: string): Promise<void> {
    await this.#openQuickInput('F1', `>${title}`);
    const row = this.quickPickRow(title).first();
    await row.waitFor();
    // By keyboard: rows move while the list is put in order.
    for (let step = 0; step < ROWS_DOWN; step += 1) {
      const chosen = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title });
      if ((await chosen.count()) > 0) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  /** True when the command palette offers the command now. */
  async offersCommand(title: string): Promise<boolean> {
    await this.#openQuickInput('F1', `>${title}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const labels = await rows.locator('.label-name').allTextContents();
    await this.page.keyboard.press('Escape');
    return labels.some((label) => label.trim() === title);
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.#openQuickInput('Control+P', name);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    await row.waitFor();
    await row.click();
    const tab = this.page.locator('.editor-group-container.active .tab.active');
    await tab.filter({ hasText: name.split('/').at(-1) ?? name }).waitFor();
  }

  /** Types into the input box that is open and confirms. */
  async answerInputBox(text: string): Promise<void> {
    const input = this.quickInput().locator('input').first();
    await input.waitFor();
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Picks the row of the open quick pick that holds `text`. */
  async pick(text: string): Promise<void> {
    const row = this.quickPickRow(text).first();
    await row.waitFor();
    await row.click();
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  quickPickRow(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
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

  /** A quick input that is just closing takes text and loses it: opened anew until the text stands in it. */
  async #openQuickInput(key: string, text: string): Promise<void> {
    const input = this.quickInput().locator('input').first();
    const deadline = Date.now() + GIVES_UP_AFTER_MS;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: OPENS_IN_MS });
        if ((await input.inputValue({ timeout: OPENS_IN_MS })) === text) return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
}
