import { describe, expect, test } from 'vitest';
import { EditorPage } from './editor-page';
import { shareWorkbench } from './shared-workbench';

const WRITTEN = 'prices: number[], rate: number, floor = 0): number {';

/** What ghost text was on the screen, frame by frame, each only where it differs from the one before. */
interface Watched {
  seen?: string[];
}

describe('ghost text that comes slowly', () => {
  const shared = shareWorkbench({ settings: { 'switchyard.completions.instant': false } });

  test('grows in place: no frame shows less than the one before', async () => {
    const { workbench, host } = shared;
    shared.local = (question) => (question.kind === 'chat' ? '' : WRITTEN);
    await workbench.openFile('discounts.ts');
    const editor = new EditorPage(host.page);
    await editor.goTo(1);
    await host.page.keyboard.press('Control+End');
    await editor.type('\nexport function lowest(');
    await host.page.evaluate(() => {
      const frames: string[] = ((window as Watched).seen = []);
      const look = (): void => {
        const shown = [...document.querySelectorAll('[class*="ghost-text"]')]
          .map((element) => element.textContent)
          .join('');
        if (shown !== frames.at(-1)) frames.push(shown);
        requestAnimationFrame(look);
      };
      look();
    });

    await editor.waitForGhostText('number {');

    const frames = await host.page.evaluate(() => (window as Watched).seen ?? []);
    const lengths = frames.map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  });
});
