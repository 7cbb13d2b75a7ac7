import { describe, expect, test } from 'vitest';
import { AnswerPage } from './answer-page';
import { shareWorkbench } from './shared-workbench';

/** The port of the discard protocol: nobody listens. */
const NOBODY = 'http://127.0.0.1:9';

describe('the first minute of somebody with no Ollama, no key and no folder open', () => {
  const minute = shareWorkbench({ empty: true, settings: { 'switchyard.ollama.endpoint': NOBODY } });

  test('the status bar is there, and its menu says what can be set up', async () => {
    await minute.workbench.statusBarItem().first().locator('a').first().click();

    await minute.workbench.quickPickRow('Enter a Claude key').first().waitFor();
    await minute.workbench.quickPickRow('Get started').first().waitFor();
    await minute.host.page.keyboard.press('Escape');
  });

  test('the dashboard says what is missing, with a button for each', async () => {
    await minute.workbench.command('Switchyard: Open Dashboard');

    const dashboard = await minute.workbench.webview('.page-head');
    await dashboard.getByRole('button', { name: 'Enter Key' }).first().waitFor();
    await dashboard
      .getByText(/requests|nothing/i)
      .first()
      .waitFor();
  });

  test('what needs a folder or a file says so', async () => {
    await minute.workbench.closeAllEditors();

    expect(await minute.workbench.offersCommand('Switchyard: Explain')).toBe(false);
    expect(await minute.workbench.offersCommand('Switchyard: Open Dashboard')).toBe(true);
  });

  test('an explanation that nothing can give says what to do', async () => {
    await minute.workbench.command('File: New Untitled Text File');
    await minute.workbench.editor.type('total = 1 + 1');

    await minute.workbench.command('Switchyard: Explain');

    const answer = await AnswerPage.find(minute.workbench);
    await answer.frame
      .getByText(/No model can answer this now/)
      .first()
      .waitFor();
    await answer.button('See What Is Missing').click();
    const dashboard = await minute.workbench.webview('.page-head');
    await dashboard.getByRole('button', { name: 'Start Ollama' }).first().waitFor();
    await dashboard.getByRole('button', { name: 'Enter Key' }).first().waitFor();
  });

  test('a Claude key is all it takes', async () => {
    minute.cloud = () => 'It adds one and one.';
    await minute.workbench.command('Switchyard: Enter Claude Key');
    await minute.workbench.answerInputBox('sk-ant-first-minute-0123456789');
    await minute.workbench.toast(/The key works/).waitFor();
    await minute.workbench.closeAllEditors().catch(() => undefined);
    if (await minute.workbench.dialog(/save/i).isVisible())
      await minute.workbench.clickDialogButton("Don't Save");
    await minute.workbench.command('File: New Untitled Text File');
    await minute.workbench.editor.type('total = 1 + 1');

    await minute.workbench.command('Switchyard: Explain');

    const answer = await AnswerPage.find(minute.workbench);
    await answer.frame.getByText('It adds one and one.').waitFor();
  });
});
