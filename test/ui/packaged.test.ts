import { expect } from 'vitest';
import { userPath } from './user-path';

userPath(
  'the package, installed as a user would, starts and diagnoses itself',
  { openFiles: ['shop/cart.ts'] },
  async ({ workbench }) => {
    await workbench.statusBarItem().first().waitFor();

    await workbench.command('Switchyard: Diagnose');

    await workbench.tab(/diagnos/i).waitFor();
    const preview = await workbench.webview('h1');
    await expect.poll(() => preview.locator('h1').first().textContent()).toMatch(/switchyard/i);
  },
);
