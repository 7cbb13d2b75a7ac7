import { beforeAll, describe, expect, test } from 'vitest';
import { INJECTION_PAYLOADS } from '../fixtures/injection-payloads';
import { AnswerPage } from './answer-page';
import { shareWorkbench } from './shared-workbench';

const BATCH = 30;
const batches = Array.from({ length: Math.ceil(INJECTION_PAYLOADS.length / BATCH) }, (_, index) =>
  INJECTION_PAYLOADS.slice(index * BATCH, (index + 1) * BATCH),
);

/** The pages on their own have been shown every payload by itself; here they stand in VS Code, with its frames and its policy. */
describe('a model that attacks the window', () => {
  const shared = shareWorkbench({ openFiles: ['shop/money.ts'] });
  const loaded: string[] = [];

  beforeAll(async () => {
    const { page } = shared.host;
    page.on('request', (request) => loaded.push(request.url()));
    await page.context().addInitScript(() => {
      Object.assign(globalThis, { owned: () => Object.assign(globalThis, { wasOwned: true }) });
    });
    shared.local = () => batches[0]?.join('\n\n') ?? '';
    await shared.workbench.editor.goTo(10);
    await shared.workbench.command('Switchyard: Explain');
    await (await AnswerPage.find(shared.workbench)).finished();
  });

  test.each(batches.map((batch, index) => [index, batch] as const))(
    'batch %i is shown as text, or as nothing',
    async (index, batch) => {
      const answer = await AnswerPage.find(shared.workbench);
      if (index > 0) {
        shared.local = () => batch.join('\n\n');
        await answer.ask(`Batch ${index}`);
        await expect.poll(() => answer.blocks.count()).toBe(index + 1);
        await answer.finished();
      }

      const shown = answer.blocks.nth(index).locator('.markdown');
      expect(
        await shown
          .locator('script, iframe, object, embed, img, svg, form, link, style, a[href], base, meta')
          .count(),
      ).toBe(0);
      expect(
        await shown.evaluate((element) =>
          [...element.querySelectorAll('*')]
            .flatMap((one) => one.getAttributeNames())
            .filter((name) => name.startsWith('on')),
        ),
      ).toEqual([]);
    },
  );

  test('nothing ran, nothing was loaded, no page was led astray', async () => {
    for (const frame of shared.host.page.frames()) {
      expect(
        await frame.evaluate((): unknown => Reflect.get(globalThis, 'wasOwned')).catch(() => undefined),
        frame.url(),
      ).toBeUndefined();
    }
    expect(loaded.filter((url) => url.includes('evil'))).toEqual([]);
    expect(shared.host.consoleLog()).not.toMatch(/evil\.example/);
    expect(shared.host.consoleLog()).not.toMatch(
      /violates the following Content Security Policy[^\n]*switchyard/,
    );
  });

  test('names a model or a file may bear reach tooltips and lists as text', async () => {
    await shared.workbench.command('Switchyard: Why Did This Go There?');
    await shared.workbench.quickPickRow('explain: answered').first().waitFor();
    await shared.host.page.keyboard.press('Escape');

    expect(
      await shared.host.page.evaluate((): unknown => Reflect.get(globalThis, 'wasOwned')),
    ).toBeUndefined();
  });
});
