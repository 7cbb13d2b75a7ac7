import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AnswerPage } from './answer-page';
import { AMOUNT_DUE, EXPLANATION, FOLLOW_UP, SIMPLER, SECOND_OPINION, typesAhead } from './day-answers';
import { takePicture } from './pictures';
import { shareWorkbench } from './shared-workbench';

const KEY = 'sk-ant-for-tests-0123456789';

/** One after another in one window, as on a day at work. */
describe('a day with Switchyard', () => {
  const day = shareWorkbench({
    openFiles: ['shop/cart.ts'],
    // Small enough that the pictures can be read in the README.
    viewport: { width: 1100, height: 680 },
  });
  const onDisk = (file: string): Promise<string> => readFile(path.join(day.host.workspace, file), 'utf8');
  const save = (): Promise<void> => day.workbench.command('File: Save All Files');

  /** Puts the caret at the end of the first line that holds `text`, and gives its number. */
  async function goTo(file: string, text: string): Promise<number> {
    await day.workbench.openFile(path.basename(file));
    const lines = (await onDisk(file)).split('\n');
    const line = lines.findIndex((one) => one.includes(text)) + 1;
    expect(line).toBeGreaterThan(0);
    await day.workbench.editor.goToEndOfLine(line);
    return line;
  }

  test('the key is entered, tested free of charge, and kept', async () => {
    await day.workbench.command('Switchyard: Enter Claude Key');
    await day.workbench.answerInputBox(KEY);

    await day.workbench.toast(/The key works and is stored/).waitFor();
    expect(day.claude.requests.map(({ path: asked }) => asked)).toEqual(['/v1/models']);
    await day.workbench.command('Notifications: Clear All Notifications');
  });

  test('ghost text is there while typing, grows while one waits, and Tab takes it', async () => {
    day.local = typesAhead(AMOUNT_DUE);
    const { editor } = day.workbench;
    await goTo('shop/discounts.ts', 'return best;');
    await editor.goToEndOfLine(40);
    await editor.type('\n\nexport function amountDue(cart: Cart, at: Date): Cents {\n', 30);

    await editor.waitForGhostText('return add(cart.total, cents(-discount.amount));');
    await takePicture(day.host, 'ghost-text');
    await editor.type('const disc');
    await editor.waitForGhostText('ount = bestDiscount(cart, at);');
    await editor.accept();

    await expect
      .poll(() => editor.visibleText())
      .toContain('return add(cart.total, cents(-discount.amount));');
    expect(day.cloudRequests).toEqual([]);
    await day.workbench.command('File: Revert File');
  });

  test('ghost text is taken word by word, and Escape sends it away', async () => {
    day.local = typesAhead('const pieces = this.lines.length;');
    const { editor } = day.workbench;
    await goTo('shop/cart.ts', 'return this;');
    await editor.type('\nconst pie', 30);
    await editor.waitForGhostText('ces = this.lines.length;');

    await day.host.page.keyboard.press('Control+ArrowRight');
    await day.host.page.keyboard.press('Control+ArrowRight');
    await expect.poll(() => editor.visibleText()).toContain('const pieces =');
    await day.host.page.keyboard.press('Escape');

    await expect.poll(() => editor.ghostText()).toBe('');
    await day.workbench.command('File: Revert File');
  });

  test('an explanation streams in beside the code, and says where it ran and what it cost', async () => {
    day.local = () => EXPLANATION;
    await goTo('shop/discounts.ts', 'export function bestDiscount');

    await day.workbench.command('Switchyard: Explain');

    const answer = await AnswerPage.find(day.workbench);
    await answer.finished();
    await answer.blocks.getByText('the one worth the most').first().waitFor();
    expect(await answer.blocks.first().textContent()).toMatch(/on this machine.*free/s);
    await takePicture(day.host, 'explain');
  });

  test('a follow-up is asked by Enter', async () => {
    day.local = () => FOLLOW_UP;
    const answer = await AnswerPage.find(day.workbench);

    await answer.ask('What if there is no rule?');
    await answer.frame.getByText('then nothing is taken off').waitFor();
    await answer.finished();

    expect(await answer.blocks.count()).toBe(2);
  });

  test('Claude is asked instead, and its answer stands below the local one with its price', async () => {
    day.cloud = () => SECOND_OPINION;
    const answer = await AnswerPage.find(day.workbench);
    expect(await answer.frame.locator('.offers').last().textContent()).toMatch(/Ask Claude instead.*\$/);

    await answer.button('Ask Claude instead').last().click();
    await answer.frame.getByText('undefined is the neutral element').waitFor();
    await answer.finished();

    expect(await answer.blocks.count()).toBe(3);
    expect(await answer.blocks.last().textContent()).toMatch(/claude-haiku-5-5.*\$/s);
    expect(day.cloudRequests).toHaveLength(1);
  });

  test('Stop ends it at the server', async () => {
    day.local = () => 'and so on, '.repeat(400);
    await goTo('shop/money.ts', 'export const percent');
    await day.workbench.command('Switchyard: Explain');
    const answer = await AnswerPage.find(day.workbench);
    await answer.frame.getByText('and so on').first().waitFor();

    await answer.button(/^Stop$/).click();
    await answer.finished();

    await expect.poll(() => day.localRequests.at(-1)?.state).toBe('closed-by-client');
    expect(await answer.blocks.last().textContent()).toContain('stopped');
  });

  test('a refactoring is chosen from a list that says where it would go and for how much', async () => {
    await day.workbench.closeAllEditors();
    day.cloud = () => SIMPLER;
    const first = await goTo('shop/discounts.ts', 'export function bestDiscount');
    await day.workbench.editor.selectLines(first, first + 7);
    await day.workbench.command('Switchyard: Refactor…');
    const row = day.workbench.quickPickRow('Simplify').first();
    expect(await row.textContent()).toMatch(/claude-sonnet-5-5.*\$/);

    await row.click();
    // It could run here. Put off, that changes nothing about what was asked for.
    await day.workbench.quickPickRow('Run Edits Like This Here').waitFor();
    await day.workbench.quickPickRow('Use Claude This Time').click();
    await day.workbench.toast(/^Proposal by claude-sonnet-5-5/).waitFor();

    await day.host.page.locator('.monaco-diff-editor .line-insert').first().waitFor({ state: 'attached' });
    await takePicture(day.host, 'diff');
    await day.workbench.clickToastButton(/^Proposal by/, 'Accept');
    // The diff holds the same text, and takes the focus with it when it goes.
    await day.workbench.tab(/Proposal/).waitFor({ state: 'detached' });
    await expect.poll(() => day.workbench.editor.visibleText()).toContain('.toSorted(');
    expect(await onDisk('shop/discounts.ts')).not.toContain('.toSorted(');
    await save();
    await expect.poll(() => onDisk('shop/discounts.ts')).toContain('.toSorted(');
  });

  test('one undo takes the refactoring back', async () => {
    await day.workbench.editor.focus();
    await day.host.page.keyboard.press('Control+Z');
    await save();

    await expect.poll(() => onDisk('shop/discounts.ts')).toContain('for (const rule of RULES)');
  });

  test('a proposal that is refined, then rejected in the title bar, leaves nothing behind', async () => {
    const before = await onDisk('shop/discounts.ts');
    const asked = day.cloudRequests.length;
    const question = day.workbench.toast(/^Proposal by/);
    const first = await goTo('shop/discounts.ts', 'export function bestDiscount');
    await day.workbench.editor.selectLines(first, first + 7);
    await day.workbench.command('Switchyard: Simplify');
    await question.waitFor();

    await day.workbench.command('Switchyard: Refine Proposal…');
    await day.workbench.answerInputBox('Without a copy of the list');
    await expect.poll(() => day.cloudRequests.length).toBe(asked + 2);
    await question.waitFor();
    expect(await question.count()).toBe(1);
    await day.workbench.command('Switchyard: Reject Proposal');

    await day.workbench.tab(/Proposal/).waitFor({ state: 'detached' });
    await question.waitFor({ state: 'detached' });
    expect(await onDisk('shop/discounts.ts')).toBe(before);
  });

  test('edits to several files go through the Refactor Preview and apply together', async () => {
    const edit = (file: string, search: string, replace: string): string =>
      `\`\`\`edit ${file}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\`\n`;
    day.cloud = () =>
      `Both say what they are.\n\n${edit('shop/cart.ts', 'export class Cart {', '/** Checked. */\nexport class Cart {')}\n${edit('shop/receipt.ts', 'const WIDTH = 32;', 'const WIDTH = 40;')}`;
    await day.workbench.closeAllEditors();
    await day.workbench.openFile('cart.ts');
    await day.workbench.openFile('receipt.ts');
    await day.workbench.command('Switchyard: Ask about Open Editors…');
    await day.workbench.answerInputBox('Document the cart and widen the receipt');
    const answer = await AnswerPage.find(day.workbench);
    await answer.finished();

    await answer.button('Review edits in 2 files').click();
    const preview = day.host.page.locator('.bulk-edit-panel');
    for (const file of ['cart.ts', 'receipt.ts']) {
      const row = preview.locator('.monaco-list-row', { hasText: file }).first();
      await row.locator('.edit-checkbox').click();
    }
    await preview.getByRole('button', { name: 'Apply' }).click();

    await preview.waitFor({ state: 'hidden' });
    await day.workbench.command('File: Save All Files');
    await expect.poll(() => onDisk('shop/receipt.ts')).toContain('const WIDTH = 40;');
    expect(await onDisk('shop/cart.ts')).toContain('/** Checked. */');
  });

  test('the status bar says what was saved and spent, and its tooltip how', async () => {
    const item = day.workbench.statusBarItem().first();
    expect(await item.textContent()).toMatch(/saved · <?\$0\.\d\d spent/);

    await item.hover();
    const tooltip = day.host.page.locator('.monaco-hover, .workbench-hover').filter({ hasText: 'explain' });
    await tooltip.first().waitFor();
    expect(await tooltip.first().textContent()).toMatch(/explain, local.*refactor, cloud/s);
    await day.host.page.mouse.move(400, 300);
  });

  test('a click on it opens the menu', async () => {
    await day.workbench.statusBarItem().first().locator('a').first().click();

    await day.workbench.quickPickRow('Open dashboard').first().waitFor();
    await day.workbench.quickPickRow('Go offline').first().waitFor();
    await day.host.page.keyboard.press('Escape');
  });

  test('the dashboard in an editor tab follows what happens', async () => {
    await day.workbench.closeAllEditors();
    await day.workbench.command('Switchyard: Open Dashboard');
    const dashboard = await day.workbench.webview('.page-head');
    await dashboard.getByText('Explanations').first().waitFor();
    await takePicture(day.host, 'dashboard');
    const requests = async (): Promise<number> =>
      Number(
        await (await day.workbench.webview('.page-head')).locator('.card.requests .value').textContent(),
      );
    const before = await requests();
    expect(before).toBeGreaterThan(3);

    day.local = () => 'One more answer.';
    await day.workbench.openFile('money.ts');
    await day.workbench.command('Switchyard: Explain');
    await (await AnswerPage.find(day.workbench)).finished();
    await day.workbench
      .tab(/Switchyard|Dashboard/)
      .first()
      .click();

    await expect.poll(requests).toBeGreaterThan(before);
  });

  test('the dashboard stands in the side bar too', async () => {
    await day.workbench.closeAllEditors();
    await day.workbench.command('View: Show Switchyard');

    const dashboard = await day.workbench.webview('.page-head');
    await dashboard.getByText('Explanations').first().waitFor();
    await day.workbench.command('View: Toggle Primary Side Bar Visibility');
  });

  test('Why shows the reasons of a request', async () => {
    await day.workbench.command('Switchyard: Why Did This Go There?');
    await day.workbench.pick('refactor: answered');

    const why = await day.workbench.webview('h2#decision');
    await why
      .getByText(/claude-sonnet-5-5/)
      .first()
      .waitFor();
  });

  test('Diagnose writes a document without secrets', async () => {
    await day.workbench.command('Switchyard: Diagnose');

    await day.workbench.tab(/diagnos/i).waitFor();
    const diagnosis = await day.workbench.webview('text=key: stored');
    expect(await diagnosis.locator('body').textContent()).not.toContain(KEY);
  });

  test('the walkthrough opens, with what was done before it ticked off', async () => {
    await day.workbench.command('Switchyard: Get Started');

    const page = day.host.page.locator('.gettingStartedContainer');
    await page.getByText('Get started with Switchyard').first().waitFor();
    await page.getByText('Get a model').first().waitFor();
    for (const step of ['model', 'ollama', 'key', 'complete'])
      await page.locator(`[data-done-step-id$="#${step}"][aria-checked="true"]`).waitFor();
    // It takes the focus late, and with it whatever is typed.
    await expect.poll(() => page.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  });

  test('offline, refactorings stay here and say so', async () => {
    await day.workbench.closeAllEditors();
    await day.workbench.command('Switchyard: Go Offline');
    await day.workbench.statusBarItem().locator('.codicon-circle-slash').first().waitFor();
    const asked = day.claude.requests.length;
    day.local = () => SIMPLER;
    const first = await goTo('shop/discounts.ts', 'export function bestDiscount');
    await day.workbench.editor.selectLines(first, first + 7);

    await day.workbench.command('Switchyard: Simplify');
    await day.workbench.toast(/^Proposal by .*because Switchyard is offline/).waitFor();
    await day.workbench.clickToastButton(/^Proposal by .*because Switchyard is offline/, 'Reject');

    expect(day.claude.requests).toHaveLength(asked);
    await day.workbench.command('Switchyard: Go Online');
  });

  test('the keyboard alone does it: explain, follow up, back to the code', async () => {
    day.local = () => 'By keyboard.';
    await goTo('shop/money.ts', 'export const percent');
    const { keyboard } = day.host.page;
    await keyboard.press('Control+Alt+Y');
    await keyboard.press('e');
    const answer = await AnswerPage.find(day.workbench);
    await answer.frame.getByText('By keyboard.').waitFor();

    await day.workbench.command('View: Focus Next Editor Group');
    await answer.frame.locator('textarea').waitFor();
    await expect
      .poll(async () => {
        await keyboard.press('Tab');
        return answer.frame.locator('textarea').evaluate((element) => element === document.activeElement);
      })
      .toBe(true);
    await keyboard.type('And back?');
    await keyboard.press('Enter');
    await expect.poll(() => answer.blocks.count()).toBe(2);
    await keyboard.press('Control+1');

    await expect.poll(() => day.workbench.editor.visibleText()).toContain('percent');
  });

  test('a read-only file can be explained, not refactored', async () => {
    await day.workbench.command('File: Set Active Editor Read-only in Session');

    expect(await day.workbench.offersCommand('Switchyard: Explain')).toBe(true);
    expect(await day.workbench.offersCommand('Switchyard: Refactor…')).toBe(false);
    await day.workbench.command('File: Reset Active Editor Read-only in Session');
  });

  test('nobody saw the key, and nothing went wrong in a page', () => {
    expect(day.host.consoleLog()).not.toContain(KEY);
    expect(day.host.consoleLog()).not.toMatch(/Content Security Policy.*switchyard/i);
  });
});
