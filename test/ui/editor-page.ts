import type { Locator, Page } from 'playwright-core';
import { insist } from './insist';
import { QuickInputPage } from './quick-input-page';

/** The caret, or the focus, on two busy cores. */
const ARRIVES_IN_MS = 5_000;

/** The text editor that has the focus. */
export class EditorPage {
  readonly #quickInput: QuickInputPage;

  constructor(readonly page: Page) {
    this.#quickInput = new QuickInputPage(page);
  }

  /** Text as a person types it, key by key, with the pause of a fast typist between keys. */
  async type(text: string, pauseMs = 40): Promise<void> {
    await this.page.keyboard.type(text, { delay: pauseMs });
  }

  /** Puts the caret at a place counted from 1, as the status bar shows it. */
  async goTo(line: number, column = 1): Promise<void> {
    await insist(async () => {
      await this.focus();
      await this.#quickInput.open('Control+G', `:${line}:${column}`);
      await this.#quickInput.take(`line ${line} at column ${column}`);
      await this.#shows(`Ln ${line}, Col ${column}`);
      await this.#focused();
    });
  }

  async goToEndOfLine(line: number): Promise<void> {
    await this.goTo(line);
    await this.page.keyboard.press('End');
  }

  /** Selects whole lines, counted from 1, the last one included. */
  async selectLines(first: number, last: number): Promise<void> {
    await insist(async () => {
      await this.goTo(first);
      for (let line = first; line < last; line += 1) await this.page.keyboard.press('Shift+ArrowDown');
      await this.page.keyboard.press('Shift+End');
      await this.#shows(new RegExp(`Ln ${last}, Col \\d+ \\(\\d+ selected\\)`));
    });
  }

  /** Keys pressed before the editor has the focus go elsewhere. */
  async focus(): Promise<void> {
    await insist(async () => {
      await this.page.keyboard.press('Control+1');
      await this.#focused();
    });
  }

  /** The editor's lines on screen; spaces as spaces. Ghost text is part of what is on screen. */
  async visibleText(): Promise<string> {
    return readLines(this.active().locator('.view-lines .view-line'));
  }

  /** The ghost text on screen, or an empty string. Its first line lies in the line, others below it. */
  async ghostText(): Promise<string> {
    return readLines(this.ghost());
  }

  /** Waits until ghost text holds `text`. @throws after `timeoutMs`, saying what stood there instead */
  async waitForGhostText(text: string, timeoutMs = 15_000): Promise<string> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const shown = await this.ghostText();
      if (shown.includes(text)) return shown;
      if (Date.now() > deadline) {
        throw new Error(`No ghost text with '${text}' in ${timeoutMs} ms; on screen: '${shown}'`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** Takes the ghost text on screen; the next one may be there at once. */
  async accept(): Promise<void> {
    const shown = await this.ghostText();
    await this.page.keyboard.press('Tab');
    while ((await this.ghostText()) === shown) await this.page.waitForTimeout(50);
  }

  #focused(): Promise<void> {
    const focused = this.page.locator('.editor-group-container.active .monaco-editor.focused');
    return focused.first().waitFor({ timeout: ARRIVES_IN_MS });
  }

  #shows(place: string | RegExp): Promise<void> {
    return this.page.locator('.statusbar-item', { hasText: place }).waitFor({ timeout: ARRIVES_IN_MS });
  }

  private ghost(): Locator {
    return this.active().locator(
      '.ghost-text-decoration, .ghost-text-decoration-preview, .suggest-preview-text .view-line',
    );
  }

  private active(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance').first();
  }
}

/** Monaco keeps lines in the order it drew them, in pieces: where they stand on screen is what orders them. */
async function readLines(pieces: Locator): Promise<string> {
  const placed = await pieces.evaluateAll((elements) =>
    elements.map((element) => {
      const { top, left } = element.getBoundingClientRect();
      return { top: Math.round(top), left, text: element.textContent };
    }),
  );
  const lines = new Map<number, string>();
  for (const { top, text } of placed.sort((a, b) => a.top - b.top || a.left - b.left)) {
    lines.set(top, (lines.get(top) ?? '') + text.replaceAll('\u00a0', ' '));
  }
  return [...lines.values()].join('\n');
}
