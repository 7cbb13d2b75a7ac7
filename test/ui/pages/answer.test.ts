import { describe, expect, it } from 'vitest';
import type { AnswerView } from '../../../src/answer/protocol';
import { ANSWERS, conversation, done, escalating, hostile, streaming } from './fixtures/answer-view';
import { THEME_NAMES } from './fixtures/themes';
import type { PageOptions, ShownPage } from './page-host';
import { shareHost } from './share-host';
import { weakText } from './weak-text';

const open = shareHost();
let shown: ShownPage;

async function show(view: AnswerView, options: Partial<PageOptions> = {}): Promise<void> {
  shown = await open({ page: 'answer', ...options });
  await shown.post({ type: 'view', view });
}

const append = (text: string): Promise<void> => shown.post({ type: 'append', block: 'a-0', text });
const scrolled = (): Promise<{ top: number; left: number }> =>
  shown.page.evaluate(() => {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    return { top: scrollTop, left: scrollHeight - clientHeight - scrollTop };
  });

describe('every state of the answer view', () => {
  it.each(Object.keys(ANSWERS))(
    '%s: fits into 300 px, without an error or a forbidden load',
    async (name) => {
      await show(ANSWERS[name] ?? done, { width: 300 });
      expect(await shown.page.evaluate(() => document.documentElement.scrollWidth)).toBe(300);
      expect(await shown.troubles()).toEqual([]);
    },
  );

  it.each(THEME_NAMES)(
    'is readable in the %s theme: text stands out from what is behind it',
    async (theme) => {
      await show(conversation, { theme });
      expect(await shown.page.evaluate(weakText)).toEqual([]);
    },
  );
});

describe('what a model wrote', () => {
  it('is text wherever it stands', async () => {
    await show(hostile);
    expect(await shown.page.title()).toBe('Switchyard');
    expect(await shown.page.locator('main :is(img, script, iframe, a, svg, form)').count()).toBe(0);
    expect(await shown.page.locator('main').innerText()).toContain('<img src=x onerror=');
    expect(await shown.troubles()).toEqual([]);
  });

  it('opens files it refers to, and no others', async () => {
    await show(done);
    await shown.page.getByRole('button', { name: 'shop/money.ts:8' }).click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'open', path: 'shop/money.ts', line: 8 });
    expect(await shown.page.getByRole('button', { name: 'a page' }).count()).toBe(0);
  });

  it('can be copied, whole or a block of code alone', async () => {
    await show(done);
    await shown.page.getByRole('button', { name: 'Copy code' }).click();
    const copied = (await shown.sent()).at(-1) as { type: string; text: string };
    expect(copied.type).toBe('copy-code');
    expect(copied.text).toMatch(/^\/\*\* The sum of a cart[^]*\}\n$/);
    await shown.page.getByRole('button', { name: 'Copied' }).waitFor();
    await shown.page.getByRole('button', { name: 'Copy', exact: true }).click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'copy', block: 'a-0' });
  });
});

describe('while an answer streams', () => {
  it('text grows in place, formatted as it comes', async () => {
    await show(streaming);
    await append(' up **all');
    await append(' lines**.');
    expect(await shown.page.locator('.markdown').innerHTML()).toBe(
      '<p>It adds up <strong>all lines</strong>.</p>',
    );
  });

  it('what has come stays selected, however much follows', async () => {
    await show(streaming);
    await append('.\n\nThen');
    await shown.page.evaluate(() => {
      const first = document.querySelector('.markdown p');
      if (first !== null) getSelection()?.selectAllChildren(first);
    });
    await append(' more\n\n- and\n- more');
    expect(await shown.page.evaluate(() => getSelection()?.toString())).toBe('It adds.');
  });

  it('a reader at the end stays at the end', async () => {
    await show(streaming, { height: 300 });
    for (let line = 0; line < 5; line += 1) await append('\n\nmore\n\nmore\n\nmore');
    expect((await scrolled()).left).toBeLessThan(2);
    expect((await scrolled()).top).toBeGreaterThan(0);
  });

  it('a reader who scrolled up is left where they read', async () => {
    await show(streaming, { height: 300 });
    await append('\n\nmore'.repeat(30));
    await shown.page.evaluate(() => window.scrollTo(0, 40));
    await shown.page.waitForTimeout(50);
    await append('\n\nmore'.repeat(10));
    expect((await scrolled()).top).toBe(40);
  });

  it('can be stopped', async () => {
    await show(streaming);
    await shown.page.getByRole('button', { name: 'Stop', exact: true }).click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'stop' });
  });

  it('a screen reader is told of its state and not of every word', async () => {
    await show(streaming);
    expect(await shown.page.getByRole('status').innerText()).toBe('qwen2.5-coder:7b is answering.');
    expect(await shown.page.locator('.markdown[aria-live], [aria-live] .markdown').count()).toBe(0);
    await shown.post({ type: 'view', view: done });
    expect(await shown.page.getByRole('status').innerText()).toBe('Answered by qwen2.5-coder:7b, free.');
  });
});

describe('an escalation', () => {
  it('leaves the local answer where it is, announces the cloud with its cost, and can be stopped', async () => {
    await show(streaming, { width: 1200 });
    const before = await shown.page.locator('.block').first().boundingBox();
    await shown.post({ type: 'view', view: escalating });
    const [local, cloud] = await Promise.all(
      [0, 1].map((index) => shown.page.locator('.block').nth(index).boundingBox()),
    );
    expect(local?.y).toBe(before?.y);
    expect(cloud?.y).toBe(local?.y);
    expect(cloud?.x).toBeGreaterThan((local?.x ?? 0) + (local?.width ?? 0) - 1);
    expect(await shown.page.locator('.block.cloud .announced').innerText()).toContain('about $0.0009');
    await shown.page.locator('.block.cloud').getByRole('button', { name: 'Stop this answer' }).click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'stop' });
  });
});

describe('asking on', () => {
  it('happens with Enter, and Shift+Enter breaks the line', async () => {
    await show(done);
    await shown.page.getByLabel('Follow-up question').focus();
    await shown.page.keyboard.type('Why?');
    await shown.page.keyboard.press('Shift+Enter');
    await shown.page.keyboard.type('And how?');
    await shown.page.keyboard.press('Enter');
    expect((await shown.sent()).at(-1)).toEqual({ type: 'ask', question: 'Why?\nAnd how?' });
    expect(await shown.page.getByLabel('Follow-up question').inputValue()).toBe('');
  });

  it('waits while an answer runs, and keeps what was typed', async () => {
    await show(streaming);
    await shown.page.getByLabel('Follow-up question').fill('And then?');
    await shown.page.keyboard.press('Enter');
    expect(await shown.sent()).toEqual([{ type: 'ready' }]);
    await shown.post({ type: 'view', view: done });
    await shown.page.getByRole('button', { name: 'Ask', exact: true }).click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'ask', question: 'And then?' });
  });

  it('keeps a half-typed question when VS Code throws the hidden page away', async () => {
    await show(done);
    await shown.page.getByLabel('Follow-up question').fill('And wh');
    await expect
      .poll(() => shown.page.evaluate(() => sessionStorage.getItem('state') ?? ''))
      .toContain('And wh');
    await shown.page.reload();
    await shown.page.waitForFunction(() => window.__sent.length > 0);
    await shown.post({ type: 'view', view: done });
    await expect.poll(() => shown.page.getByLabel('Follow-up question').inputValue()).toBe('And wh');
  });
});

describe('next steps', () => {
  it('are one click away', async () => {
    await show(conversation);
    await shown.page.getByRole('button', { name: 'Review edits in 3 files' }).click();
    await shown.page.getByRole('button', { name: 'Choose a Smaller Model' }).click();
    await shown.page.getByRole('button', { name: 'Why?' }).first().click();
    expect((await shown.sent()).slice(1)).toEqual([
      { type: 'review-edits', turn: 1 },
      { type: 'notice', action: 'choose-model' },
      { type: 'why', turn: 0 },
    ]);
  });

  it('say below the box what a follow-up question would take', async () => {
    await show(done);
    const estimate = await shown.page.locator('.ask-on p').innerText();
    expect(estimate).toContain('about 900 tokens in and 500 out');
  });

  it('offer Claude with what it would cost', async () => {
    await show(done);
    expect(await shown.page.locator('.offers').innerText()).toContain('about $0.0009');
    await shown.page.getByRole('button', { name: 'Ask Claude instead' }).click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'ask-cloud', turn: 0 });
  });
});
