import { describe, expect, test } from 'vitest';
import { WorkbenchPage } from './workbench-page';
import { AnswerPage } from './answer-page';
import { shareWorkbench } from './shared-workbench';

/** Less than any prompt costs, in USD. */
const CAP = 0.000_001;

describe('a bad day', () => {
  const day = shareWorkbench({
    openFiles: ['shop/money.ts'],
    settings: { 'switchyard.budget.dayUsd': CAP },
  });
  const explain = async (): Promise<AnswerPage> => {
    await day.workbench.openFile('money.ts');
    await day.workbench.editor.goTo(10);
    await day.workbench.command('Switchyard: Explain');
    return AnswerPage.find(day.workbench);
  };
  const shownTotals = async (workbench: WorkbenchPage): Promise<string> => {
    const item = workbench.statusBarItem().filter({ hasText: 'spent' }).first();
    await item.waitFor({ timeout: 60_000 });
    // Behind the state, which comes and goes.
    return /\S+ saved .*$/.exec((await item.textContent()) ?? '')?.[0] ?? '';
  };
  const requestsShown = async (workbench: WorkbenchPage): Promise<number> => {
    await workbench.command('Switchyard: Open Dashboard');
    const dashboard = await workbench.webview('.page-head');
    const figure = dashboard.locator('.card.requests .value');
    await figure.waitFor();
    return Number(await figure.textContent());
  };

  test('at the cap one is asked before anything is sent; done here, a refactoring says why', async () => {
    day.local = () => '```ts\nexport const zero = 0;\n```\n';
    await day.workbench.command('Switchyard: Enter Claude Key');
    await day.workbench.answerInputBox('sk-ant-bad-day-0123456789');
    await day.workbench.toast(/The key works/).waitFor();
    await day.workbench.editor.selectLines(10, 12);

    await day.workbench.command('Switchyard: Simplify');
    await day.workbench.dialog(/day's budget (is used up|does not reach)/).waitFor();
    await day.workbench.clickDialogButton('Stay Local');
    await day.workbench.toast(/because the budget is used up/).waitFor();
    await day.workbench.clickToastButton(/because the budget is used up/, 'Reject');

    expect(day.cloudRequests).toEqual([]);
  });

  test('while the local server is down an explanation says so, with the step that helps', async () => {
    await day.ollama.refuse();

    const answer = await explain();

    await answer.frame
      .getByText(/cannot be reached|No model can answer/)
      .first()
      .waitFor();
    await answer
      .button(/Start Ollama|Change the Cap|See What Is Missing/)
      .first()
      .waitFor();
  });

  test('once it is back, so is everything else', async () => {
    await day.ollama.listenAgain();
    day.local = () => 'Back at work.';
    await day.workbench.command('Switchyard: Check Local Models');
    await day.workbench.toast(/completes your code/).waitFor();

    const answer = await explain();

    await answer.frame.getByText('Back at work.').waitFor();
  });

  test('a second window shows the same figures', async () => {
    const here = await requestsShown(day.workbench);
    const page = await day.host.page.context().newPage();
    await page.goto(day.host.page.url());
    const second = new WorkbenchPage(page);
    try {
      await shownTotals(second);

      await expect.poll(() => requestsShown(second), { timeout: 30_000 }).toBe(here);
      expect(await shownTotals(second)).toBe(await shownTotals(day.workbench));
    } finally {
      await page.close();
    }
  });

  test('a window that is loaded anew remembers all of it', async () => {
    const before = await requestsShown(day.workbench);
    const totals = await shownTotals(day.workbench);

    await day.host.page.reload();

    await expect.poll(() => shownTotals(day.workbench)).toBe(totals);
    expect(await requestsShown(day.workbench)).toBe(before);
  });
});
