import type { FrameLocator, Locator } from 'playwright-core';
import type { WorkbenchPage } from './workbench-page';

/** The view beside the code that shows answers, as a person sees it. */
export class AnswerPage {
  private constructor(readonly frame: FrameLocator) {}

  static async find(workbench: WorkbenchPage): Promise<AnswerPage> {
    return new AnswerPage(await workbench.webview('textarea[aria-label="Follow-up question"]'));
  }

  /** Answers, each by one model, oldest first. */
  get blocks(): Locator {
    return this.frame.locator('article');
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name });
  }

  /** Waits until nothing is being written any more. */
  async finished(): Promise<void> {
    await this.button(/^Ask$/).waitFor();
    await this.frame.locator('article[aria-busy="true"]').waitFor({ state: 'detached' });
  }

  async ask(question: string): Promise<void> {
    await this.frame.locator('textarea').fill(question);
    await this.frame.locator('textarea').press('Enter');
  }
}
