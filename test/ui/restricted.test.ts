import { describe, expect, test } from 'vitest';
import { AnswerPage } from './answer-page';
import { preparedWorkspace } from './prepared-workspace';
import { shareWorkbench } from './shared-workbench';

describe('Restricted Mode', () => {
  // A repository prepared by somebody else: its settings would send everything to a cloud of theirs.
  const prepare = preparedWorkspace({
    '.vscode/settings.json': JSON.stringify({
      'switchyard.track.explain': 'cloud',
      'switchyard.claude.endpoint': 'http://127.0.0.1:9',
    }),
  });
  const shared = shareWorkbench(async () => ({
    workspace: await prepare(),
    trust: false,
    openFiles: ['shop/money.ts'],
    settings: {
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.enabled': true,
    },
  }));

  test('explanations run here, whatever the settings of the workspace say', async () => {
    shared.local = () => 'From this machine.';
    await shared.workbench.command('Switchyard: Enter Claude Key');
    await shared.workbench.answerInputBox('sk-ant-restricted-0123456789');
    await shared.workbench.clickToastButton(/The key was not stored/, 'Store Anyway');
    await shared.workbench.editor.goTo(10);

    await shared.workbench.command('Switchyard: Explain');

    const answer = await AnswerPage.find(shared.workbench);
    await answer.frame.getByText('From this machine.').waitFor();
    expect(shared.claude.requests).toEqual([]);
  });

  test('a refactoring runs here and asks for no permission, since nothing could take over', async () => {
    shared.local = () => '```ts\nexport const zero = 0;\n```\n';
    await shared.workbench.openFile('money.ts');
    await shared.workbench.editor.selectLines(10, 12);

    await shared.workbench.command('Switchyard: Simplify');

    await shared.workbench.toast(/^Proposal by .*because the cloud is not allowed/).waitFor();
    expect(await shared.workbench.quickPickRow('Run Edits Like This Here').count()).toBe(0);
    expect(shared.claude.requests).toEqual([]);
    await shared.workbench.command('Switchyard: Reject Proposal');
  });

  test('asked for by name, the cloud still gets nothing, and the next step is trust', async () => {
    await shared.workbench.editor.focus();
    await shared.workbench.command('Switchyard: Next Request: Cloud');
    await shared.workbench.command('Switchyard: Explain');

    const answer = await AnswerPage.find(shared.workbench);
    await answer.frame
      .getByText(/not trusted, so nothing of it goes to the cloud/)
      .first()
      .waitFor();
    expect(shared.claude.requests).toEqual([]);
    await answer.button('Manage Workspace Trust').click();
    await shared.host.page.locator('.workspace-trust-editor').waitFor();
  });

  test('once trusted, it goes where it should, at the endpoint of the user', async () => {
    shared.cloud = () => 'From the cloud.';
    await shared.host.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
      .first()
      .click();
    await shared.workbench.openFile('money.ts');
    await shared.workbench.command('Switchyard: Next Request: Cloud');
    await shared.workbench.command('Switchyard: Explain');

    const answer = await AnswerPage.find(shared.workbench);
    await answer.frame.getByText('From the cloud.').waitFor({ timeout: 60_000 });
    expect(shared.claude.requests.length).toBeGreaterThan(0);
  });
});
