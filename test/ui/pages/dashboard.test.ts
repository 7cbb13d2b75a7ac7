import { describe, expect, it } from 'vitest';
import {
  busy,
  DASHBOARDS,
  empty,
  hostile,
  HOSTILE_TEXTS,
  oneDay,
  oneMore,
  quietToday,
  WHY_LINES,
} from './fixtures/dashboard-data';
import { THEME_NAMES } from './fixtures/themes';
import { weakText } from './weak-text';
import type { PageOptions, ShownPage } from './page-host';
import { shareHost } from './share-host';

const open = shareHost();
let shown: ShownPage;

async function show(data: unknown, options: Partial<PageOptions> = {}): Promise<ShownPage> {
  shown = await open({ page: 'dashboard', ...options });
  await shown.post({ type: 'data', data });
  return shown;
}

const scrollWidth = (): Promise<number> => shown.page.evaluate(() => document.documentElement.scrollWidth);
const focused = (): Promise<string | undefined> => shown.page.evaluate(() => document.activeElement?.id);

describe('every state of the dashboard', () => {
  it.each(Object.keys(DASHBOARDS))(
    '%s: fits into a side bar, without an error or a forbidden load',
    async (name) => {
      await show(DASHBOARDS[name], { width: 300, place: 'sideBar' });
      await expect.poll(() => shown.page.locator('main').innerText()).toContain('Local');
      expect(await scrollWidth()).toBe(300);
      await shown.page.setViewportSize({ width: 250, height: 800 });
      expect(await scrollWidth()).toBe(250);
      expect(await shown.troubles()).toEqual([]);
    },
  );

  it.each(THEME_NAMES)(
    'is readable in the %s theme: text stands out from what is behind it',
    async (theme) => {
      await show(busy, { theme, width: 1200 });
      expect(await shown.page.evaluate(weakText)).toEqual([]);
    },
  );

  it.each([300, 600, 1200])('keeps every figure inside its box at %d px', async (width) => {
    await show(busy, { width });
    await shown.page.locator('#range-month').click();
    const spilling = await shown.page.evaluate(() =>
      [...document.querySelectorAll('td, th, dd, dt, button, h2, h3, p')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        .filter((element) => getComputedStyle(element).display !== 'inline')
        .map((element) => element.textContent),
    );
    expect(spilling).toEqual([]);
  });
});

describe('text from outside', () => {
  it('is text wherever it stands', async () => {
    await show(hostile, { width: 600 });
    for (const button of await shown.page.locator('.row-button').all()) await button.click();
    for (const requestId of hostile.recent.map(({ outcome }) => outcome.requestId)) {
      await shown.post({
        type: 'why',
        requestId,
        lines: [...HOSTILE_TEXTS, ...HOSTILE_TEXTS.map((text) => `  ${text}`)],
      });
    }
    expect(await shown.page.title()).toBe('Switchyard');
    expect(
      await shown.page.locator('main :is(img, script, iframe, a, svg[onload], [style*="url"])').count(),
    ).toBe(0);
    const text = await shown.page.locator('main').innerText();
    expect(text).toContain(HOSTILE_TEXTS[0]);
    expect(text).toContain(HOSTILE_TEXTS[1]);
    expect(await shown.troubles()).toEqual([]);
  });
});

describe('with nothing to show', () => {
  it('says what to do first, and does it', async () => {
    await show(empty);
    await shown.page.getByRole('heading', { name: 'No requests yet' }).waitFor();
    await shown.page.getByRole('button', { name: 'Enter Key' }).click();
    await shown.page.getByRole('button', { name: 'Open the Walkthrough' }).click();
    expect(await shown.sent()).toEqual([
      { type: 'ready' },
      { type: 'action', action: 'enterKey' },
      { type: 'action', action: 'walkthrough' },
    ]);
  });

  it('leads from a quiet day to the next range that has something', async () => {
    await show(quietToday);
    await shown.page.getByText('No requests today.').waitFor();
    await shown.page.getByRole('button', { name: 'Show 7 days' }).click();
    expect(await shown.page.getByRole('tab', { name: '7 days' }).getAttribute('aria-selected')).toBe('true');
    expect(await shown.page.getByText('No requests').count()).toBe(0);
  });
});

describe('unknown prices', () => {
  it('are called unknown in every sum, and never $0', async () => {
    await show(DASHBOARDS['unknownPrices'], { width: 1200 });
    expect(await shown.page.locator('.card.spent .value').innerText()).toBe('unknown');
    expect(await shown.page.locator('.card.saved .value').innerText()).toBe('unknown');
    expect(await shown.page.locator('.breakdown tbody').innerText()).not.toContain('$0');
  });
});

describe('ranges', () => {
  it('are chosen with the arrow keys, and one Tab leaves them', async () => {
    await show(busy);
    await shown.page.locator('#range-today').focus();
    await shown.page.keyboard.press('ArrowRight');
    await shown.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('range-month');
    expect(await shown.page.locator('.card.requests .value').innerText()).toBe(
      String(busy.stats.month.requests),
    );
    await shown.page.keyboard.press('End');
    expect(await focused()).toBe('range-all');
    await shown.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('range-today');
    await shown.page.keyboard.press('Tab');
    expect(await shown.page.evaluate(() => document.activeElement?.getAttribute('role'))).not.toBe('tab');
  });

  it('are kept when VS Code throws the hidden page away, and so are open rows', async () => {
    await show(busy);
    await shown.page.locator('#range-week').click();
    await shown.page.locator('.row-button').nth(1).click();
    await shown.page.reload();
    await shown.page.waitForFunction(() => window.__sent.length > 0);
    await shown.post({ type: 'data', data: busy });
    expect(await shown.page.getByRole('tab', { name: '7 days' }).getAttribute('aria-selected')).toBe('true');
    expect(await shown.page.locator('.row-button').nth(1).getAttribute('aria-expanded')).toBe('true');
    await expect
      .poll(() => shown.sent())
      .toContainEqual({ type: 'why', requestId: busy.recent[1]?.outcome.requestId });
  });
});

describe('a row', () => {
  it('opens by keyboard, asks for the reasons, and shows them under their headings', async () => {
    await show(oneDay);
    const row = shown.page.locator('.row-button').first();
    await row.focus();
    await shown.page.keyboard.press('Enter');
    expect(await row.getAttribute('aria-expanded')).toBe('true');
    const requestId = oneDay.recent[0]?.outcome.requestId;
    await expect.poll(() => shown.sent()).toContainEqual({ type: 'why', requestId });
    await shown.post({ type: 'why', requestId, lines: WHY_LINES });
    const why = shown.page.locator(`[id="${(await row.getAttribute('aria-controls')) ?? ''}"]`);
    expect(await why.getByRole('heading').allInnerTexts()).toEqual([
      'Decision',
      'What happened',
      'Checks',
      'Figures',
    ]);
    expect(await why.innerText()).toContain('together: confidence 0.31');
    await shown.page.keyboard.press('Enter');
    expect(await why.isVisible()).toBe(false);
  });
});

describe('while somebody watches', () => {
  it('figures change and the place, the focus and open rows stay', async () => {
    await show(oneDay, { height: 500 });
    await shown.page.locator('.row-button').nth(2).click();
    const before = await shown.page.locator('.card.requests .value').innerText();
    const place = await shown.page.evaluate(() => document.activeElement?.getBoundingClientRect().top);
    const text = await shown.page.evaluate(() => document.activeElement?.textContent);
    await shown.post({ type: 'data', data: oneMore });
    expect(await shown.page.locator('.card.requests .value').innerText()).not.toBe(before);
    expect(await shown.page.evaluate(() => document.activeElement?.getBoundingClientRect().top)).toBe(place);
    expect(await shown.page.evaluate(() => document.activeElement?.textContent)).toBe(text);
    expect(await shown.page.locator('.row-button[aria-expanded="true"]').count()).toBe(1);
  });

  it('new rows wait while the list is in use, and come when asked for', async () => {
    await show(oneDay);
    await shown.page.locator('.row-button').first().focus();
    const rows = await shown.page.locator('.row').count();
    await shown.post({ type: 'data', data: oneMore });
    expect(await shown.page.locator('.row').count()).toBe(rows);
    await shown.page.getByRole('button', { name: 'Show 1 new one' }).click();
    expect(await shown.page.locator('.row').count()).toBe(rows + 1);
  });

  it('new rows come by themselves when nobody points at the list', async () => {
    await show(oneDay);
    const rows = await shown.page.locator('.row').count();
    await shown.post({ type: 'data', data: oneMore });
    expect(await shown.page.locator('.row').count()).toBe(rows + 1);
  });

  it('a reader further down is not moved when rows come in above', async () => {
    await show(oneDay, { height: 500 });
    const heading = shown.page.getByRole('heading', { name: 'Quality' });
    await heading.scrollIntoViewIfNeeded();
    const place = (await heading.boundingBox())?.y;
    await shown.post({ type: 'data', data: oneMore });
    expect((await heading.boundingBox())?.y).toBeCloseTo(place ?? NaN, 0);
  });
});

describe('what can be done', () => {
  it.each([
    ['Export CSV', 'exportCsv'],
    ['Export JSON', 'exportJson'],
    ['Reset…', 'resetLedger'],
    ['Diagnose', 'diagnose'],
    ['Offline', 'toggleOffline'],
    ['Change', 'budgetSettings'],
  ])('%s', async (name, action) => {
    await show(busy);
    await shown.page.getByRole('button', { name, exact: true }).first().click();
    expect((await shown.sent()).at(-1)).toEqual({ type: 'action', action });
  });
});
