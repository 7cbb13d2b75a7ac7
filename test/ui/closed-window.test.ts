import { describe, expect, test } from 'vitest';
import { shareWorkbench } from './shared-workbench';

describe('a window that is closed while Claude answers', () => {
  const day = shareWorkbench({
    openFiles: ['shop/cart.ts'],
    settings: { 'switchyard.refactor.simpleOnLocal': false, 'switchyard.budget.dayUsd': 0.5 },
  });
  const isRunning = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test('stops it at the server, books what it used, and is gone', async () => {
    day.cloud = () => `\`\`\`ts\n${'  // and so on\n'.repeat(2_000)}\`\`\``;
    await day.workbench.command('Switchyard: Enter Claude Key');
    await day.workbench.answerInputBox('sk-ant-closed-0123456789');
    await day.workbench.toast(/The key works/).waitFor();
    await day.workbench.editor.selectLines(13, 17);
    await day.workbench.command('Switchyard: Simplify');
    await expect.poll(() => day.cloudRequests.map(({ state }) => state)).toEqual(['open']);
    const before = day.host.extensionHostPid();

    await day.host.page.reload();
    await expect.poll(() => day.cloudRequests.map(({ state }) => state)).not.toEqual(['open']);
    await expect.poll(() => isRunning(before)).toBe(false);

    await day.workbench.statusBarItem().filter({ hasText: 'spent' }).first().waitFor({ timeout: 60_000 });
    await day.workbench.command('Switchyard: Open Dashboard');
    const dashboard = await day.workbench.webview('.page-head');
    await dashboard.getByText('1 stopped').first().waitFor();
    // Nothing is left of its reservation: neither under way nor of a window that never said what it cost.
    expect(await dashboard.getByText(/is held for|is counted for/).count()).toBe(0);
  });
});
