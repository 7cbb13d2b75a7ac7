import { appendFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock';
import { createLedger, type LedgerEntry } from '../../src/ledger';
import { AnswerPage } from './answer-page';
import { shareWorkbench } from './shared-workbench';

const KILLS = 5;

describe('an extension host that is killed while requests run', () => {
  const shared = shareWorkbench({ openFiles: ['shop/money.ts'] });
  const books = (): string =>
    path.join(shared.host.globalStorage, 'switchyard.switchyard', 'books', 'ledger');
  /** Requests whose entry was with the operating system before a kill. */
  const acknowledged = new Set<string>();
  const killed: number[] = [];

  async function explainThrice(): Promise<void> {
    shared.local = () => 'Adds two amounts.';
    await shared.workbench.editor.goTo(10);
    await shared.workbench.command('Switchyard: Explain');
    const answer = await AnswerPage.find(shared.workbench);
    await answer.finished();
    for (const question of ['And then?', 'And after that?']) {
      const before = await answer.blocks.count();
      await answer.ask(question);
      await expect.poll(() => answer.blocks.count()).toBe(before + 1);
      await answer.finished();
    }
  }

  async function killInTheMiddle(): Promise<void> {
    shared.local = () => 'and so on, '.repeat(400);
    const answer = await AnswerPage.find(shared.workbench);
    await answer.ask('In full, please');
    await answer.frame.getByText('and so on').first().waitFor();
    for (const { requestId } of await entriesOnDisk(books())) acknowledged.add(requestId);
    const pid = shared.host.extensionHostPid();
    killed.push(pid);
    process.kill(pid, 'SIGKILL');
  }

  async function startAgain(): Promise<void> {
    await shared.host.page.reload();
    await shared.workbench.statusBarItem().filter({ hasText: 'spent' }).first().waitFor({ timeout: 60_000 });
    expect(killed).not.toContain(shared.host.extensionHostPid());
  }

  test.each(Array.from({ length: KILLS }, (_, index) => index + 1))(
    'kill %i: what ran ends at the server, and the next window works',
    async () => {
      await explainThrice();
      await killInTheMiddle();

      await expect.poll(() => shared.ollama.open()).toBe(0);
      if (killed.length === KILLS) await tearLastLine(books(), killed.at(-1));
      await startAgain();
    },
  );

  test('a torn last line is repaired, and said so', async () => {
    await shared.workbench.command('Switchyard: Open Dashboard');
    const dashboard = await shared.workbench.webview('.page-head');

    await dashboard
      .getByText(/repaired its ledger: 1 unfinished last line/)
      .first()
      .waitFor();
  });

  test('no acknowledged entry is lost, none counts twice, and all can be read', async () => {
    await shared.workbench.openFile('money.ts');
    await explainThrice();
    const ledger = createLedger({
      folder: books(),
      windowId: 'reader',
      clock: systemClock,
      price: () => undefined,
    });
    try {
      await ledger.loaded;
      let json = '';
      for await (const piece of ledger.export('json')) json += piece;
      const { entries } = JSON.parse(json) as { entries: readonly LedgerEntry[] };
      const ids = entries.map(({ outcome }) => outcome.requestId);

      expect(acknowledged.size).toBeGreaterThanOrEqual(3 * KILLS);
      expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ledger.stats.get().all.requests).toBe(ids.length);
      expect(ledger.health.get()).toMatchObject({ damaged: 0, rollup: 'ok' });
    } finally {
      await ledger.dispose();
    }
  });
});

/** Whole lines that carry an outcome. */
async function entriesOnDisk(folder: string): Promise<{ requestId: string }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => {
        const found = /"requestId":"([^"]+)"/.exec(line)?.[1];
        return found === undefined ? [] : [{ requestId: found }];
      }),
  );
}

/** As a kill in the middle of a write leaves it. */
async function tearLastLine(folder: string, pid: number | undefined): Promise<void> {
  const file = (await readdir(folder)).find((name) => name.includes(`-${String(pid)}-`));
  if (file === undefined) throw new Error(`The process ${String(pid)} wrote nothing`);
  await appendFile(path.join(folder, file), '{"kind":"outcome","requ');
}
