import { beforeAll, describe, expect, test } from 'vitest';
import type { Frame, Locator } from 'playwright-core';
import { INJECTION_PAYLOADS } from '../fixtures/injection-payloads';
import { DEFAULT_MODELS } from '../servers/ollama/models';
import { AnswerPage } from './answer-page';
import { preparedWorkspace } from './prepared-workspace';
import { shareWorkbench } from './shared-workbench';

const BATCH = 62;
const batches = Array.from({ length: Math.ceil(INJECTION_PAYLOADS.length / BATCH) }, (_, index) =>
  INJECTION_PAYLOADS.slice(index * BATCH, (index + 1) * BATCH),
);

/** A model, a file and an address may bear any name. */
const MODEL = '<img src=x onerror=owned()>[x](command:workbench.action.quit)$(bug)';
const FILE = '<img src=x onerror=owned()> [x](command:workbench.action.quit) $(bug).ts';

const HOSTILE_TEXT = 'hostile.txt';
/** As the code of a file; a NUL would make it a binary one. */
const HOSTILE_LINES = INJECTION_PAYLOADS.filter((payload) => !payload.includes('\0')).join('\n');

/** Edits with a payload where the path stands, and as the lines. */
const edits = (payloads: readonly string[]): string =>
  payloads
    .map((payload) => [
      '```edit ' + payload,
      '<<<<<<< SEARCH',
      payload,
      '=======',
      payload + payload,
      '>>>>>>> REPLACE',
      '```',
    ])
    .map((lines) => lines.join('\n'))
    .join('\n\n');

/** The pages on their own have been shown every payload by itself; here they stand in VS Code, with its frames and its policy. */
describe('a model that attacks the window', () => {
  const prepare = preparedWorkspace({
    [FILE]: 'export const one = 1;\n',
    [HOSTILE_TEXT]: `${HOSTILE_LINES}\n`,
  });
  const shared = shareWorkbench(async () => ({
    workspace: await prepare(),
    openFiles: [FILE],
    pace: { firstTokenMs: 0, tokenMs: 0 },
    models: [...DEFAULT_MODELS, { ...DEFAULT_MODELS[1], name: MODEL } as (typeof DEFAULT_MODELS)[number]],
    settings: {
      'switchyard.models.explain': MODEL,
      // VS Code asks about a payload's line separator, in a dialog of its own.
      'editor.unusualLineTerminators': 'off',
      'switchyard.prices': { [MODEL]: { input: 1e308, output: 1e308 } },
    },
  }));
  const loaded: string[] = [];
  const dialogs: string[] = [];

  beforeAll(async () => {
    const { page } = shared.host;
    page.on('request', (request) => loaded.push(request.url()));
    page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    await page.context().addInitScript(markWhenOwned);
    await Promise.all(page.frames().map((frame) => frame.evaluate(markWhenOwned)));
    page.context().on('page', (opened) => loaded.push(`a window of its own: ${opened.url()}`));
    shared.local = () => batches[0]?.join('\n\n') ?? '';
    await shared.workbench.editor.goTo(1);
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

      await expectOnlyText(answer.blocks.nth(index).locator('.markdown'));
    },
  );

  test('the names of the model and the file are text in the view of the answer', async () => {
    const answer = await AnswerPage.find(shared.workbench);

    expect(await answer.blocks.first().locator('.model').textContent()).toBe(MODEL);
    await expectOnlyText(answer.frame.locator('main'));
  });

  test('they are text in the dashboard, reasons included', async () => {
    await shared.workbench.command('Switchyard: Open Dashboard');
    const dashboard = await shared.workbench.webview('.page-head');
    await dashboard.getByText('Explanations').first().waitFor();
    await dashboard.locator('.row-button').first().click();
    await dashboard.getByText('Decision').first().waitFor();

    await expectOnlyText(dashboard.locator('main'), 'svg');
  });

  test('they are text in the status bar’s tooltip, in lists, and in what is previewed', async () => {
    await shared.workbench.statusBarItem().first().hover();
    await expectOnlyText(shared.host.page.locator('.monaco-hover, .workbench-hover').first());
    await shared.host.page.mouse.move(640, 400);
    await shared.workbench.command('Switchyard: Why Did This Go There?');
    await shared.workbench.quickPickRow('explain: answered').first().click();
    // Named by the id the preview gives a heading: the dashboard behind it holds the same words.
    const why = await shared.workbench.webview('h2#decision');
    await why.getByText('[x](command:').first().waitFor();
    await expectOnlyText(why.locator('body'), 'style, script, link, meta, base, svg');
    await shared.workbench.closeAllEditors();
    await shared.workbench.command('Switchyard: Diagnose');
    const diagnosis = await shared.workbench.webview('h1#switchyard-diagnosis');
    await expectOnlyText(diagnosis.locator('body'), 'style, script, link, meta, base, svg');
  });

  test('code that attacks is text in the preview of what would be sent', async () => {
    await shared.workbench.closeAllEditors();
    await shared.workbench.openFile(HOSTILE_TEXT);
    await shared.host.page.keyboard.press('Control+A');
    await shared.workbench.command('Switchyard: Preview What Would Be Sent');
    await shared.workbench.pick('Explain the selection');

    await shared.workbench.tab('What would be sent.txt').waitFor();
    const preview = shared.host.page.locator('.monaco-editor[data-uri^="switchyard-info:"]');
    await preview.getByText('What would be sent, word for word').waitFor();
    await preview.click();
    await shared.host.page.keyboard.press('Control+End');
    await expectOnlyText(preview);
    for (let page = 0; page < 6; page += 1) {
      await shared.host.page.keyboard.press('PageUp');
      await expectOnlyText(preview);
    }
  });

  test('edits that attack are text in the view of a question, and none can be applied', async () => {
    await shared.workbench.closeAllEditors();
    await shared.workbench.openFile(HOSTILE_TEXT);
    shared.local = () => edits(INJECTION_PAYLOADS);
    await shared.workbench.command('Switchyard: Next Request: Local');
    await shared.workbench.command('Switchyard: Ask about Open Editors…');
    await shared.workbench.answerInputBox('<img src=x onerror=owned()> [x](command:workbench.action.quit)');
    const answer = await AnswerPage.find(shared.workbench);
    await answer.finished();

    await expectOnlyText(answer.frame.locator('main'));
    await answer.button(/Review edits/).click();
    const told = shared.workbench.toast('The edits cannot be applied');
    await told.waitFor();
    expect(await told.locator('.notification-list-item-message a').count()).toBe(0);
    await expectOnlyText(told, 'svg, style');
  });

  test('nothing ran, nothing was loaded, no page was led astray', async () => {
    for (const frame of shared.host.page.frames()) expect(await wasOwned(frame), frame.url()).toBe(false);
    expect(dialogs).toEqual([]);
    const strange = loaded.filter((url) => {
      const { protocol, hostname } = new URL(url);
      return /^https?:$/.test(protocol) && !/^(127\.0\.0\.1|localhost|.*\.vscode-cdn\.net)$/.test(hostname);
    });
    expect(strange).toEqual([]);
    expect(shared.host.consoleLog()).not.toMatch(/evil\.example/);
    expect(shared.host.consoleLog()).not.toMatch(
      /violates the following Content Security Policy[^\n]*switchyard/,
    );
  });
});

/** Runs in every page. Payloads call `owned()`. */
function markWhenOwned(): void {
  Object.assign(globalThis, { owned: () => Object.assign(globalThis, { wasOwned: true }) });
}

const wasOwned = (frame: Frame): Promise<boolean> =>
  frame
    .evaluate(() => Reflect.get(globalThis, 'wasOwned') === true)
    // A frame that is going away runs nothing.
    .catch(() => false);

/** No element that loads, runs or leads away, and no handler. `own`: elements the page itself is made of. */
async function expectOnlyText(shown: Locator, own = ''): Promise<void> {
  const found = await shown.evaluate((element, mine) => {
    const harmful =
      'script, iframe, object, embed, img, svg, form, link, style, base, meta, a[href^="command:"], a[data-href^="command:"], a[href^="javascript:"]';
    const elements = [...element.querySelectorAll(harmful)].filter(
      (one) => mine === '' || !one.matches(mine),
    );
    const handlers = [...element.querySelectorAll('*')].flatMap((one) =>
      one.getAttributeNames().filter((name) => name.startsWith('on')),
    );
    return [...elements.map((one) => one.outerHTML.slice(0, 200)), ...handlers];
  }, own);
  expect(found).toEqual([]);
}
