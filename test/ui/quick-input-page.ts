import type { Locator, Page } from 'playwright-core';

/** For one step of one try, on two busy cores. */
const STEP_MS = 5_000;
const CLOSES_IN_MS = 1_000;
/** A command typed in full is among the first rows. */
const ROWS_DOWN = 10;

/**
 * VS Code's quick input. It goes away when anything else takes the focus, and keys then reach the editor: every step
 * fails fast where its list is not there, to be begun anew with `insist`.
 */
export class QuickInputPage {
  constructor(readonly page: Page) {}

  widget(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  row(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  }

  /** Opens it by `key`, where it stands open already anew, and puts `text` into it. */
  async open(key: string, text: string): Promise<void> {
    await this.#closed();
    await this.page.keyboard.press(key);
    await this.#input().fill(text, { timeout: STEP_MS });
    // One that is just closing takes text and loses it.
    if ((await this.#input().inputValue({ timeout: STEP_MS })) !== text)
      throw new Error(`'${text}' was lost`);
  }

  /** Takes the row that holds `text`, by keyboard: rows move while the list is put in order. */
  async take(text: string): Promise<void> {
    await this.row(text).first().waitFor({ timeout: STEP_MS });
    await this.#focus();
    for (let step = 0; step < ROWS_DOWN && !(await this.#stands(text)); step += 1) {
      await this.page.keyboard.press('ArrowDown');
    }
    if (!(await this.#stands(text))) throw new Error(`No way down to the row '${text}'`);
    await this.#confirm();
  }

  /** Puts `text` into the box that is open, and confirms it. */
  async answer(text: string): Promise<void> {
    await this.#input().fill(text);
    await this.#confirm();
  }

  /** One that was answered goes by itself. Escape is for one left open, and in the editor it would end a selection. */
  async #closed(): Promise<void> {
    try {
      await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: CLOSES_IN_MS });
    } catch {
      await this.#input().press('Escape', { timeout: STEP_MS });
    }
  }

  async #confirm(): Promise<void> {
    await this.#focus();
    await this.page.keyboard.press('Enter');
  }

  async #focus(): Promise<void> {
    await this.#input().focus({ timeout: STEP_MS });
    const has = await this.#input().evaluate((element) => element === document.activeElement);
    if (!has) throw new Error('The quick input lost the focus');
  }

  async #stands(text: string): Promise<boolean> {
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
    return (await focused.count()) > 0;
  }

  #input(): Locator {
    return this.widget().locator('input').first();
  }
}
