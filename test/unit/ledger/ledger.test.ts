import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLedger, type Ledger, type LedgerOptions } from '../../../src/ledger';
import { calendar } from '../../../src/ledger/stats/calendar';
import type { OutcomeResult } from '../../../src/routing/outcome';
import { attempt, completion, LOCAL, NOON, onCloud, outcome, price, SONNET, tokens } from './outcomes';
import { testClock } from './test-clock';

let folder: string;
let open: Ledger[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((ledger) => ledger.dispose()));
  await rm(folder, { recursive: true, force: true });
});

const start = async (more: Partial<LedgerOptions> = {}): Promise<Ledger> => {
  const ledger = createLedger({
    folder,
    windowId: 'w',
    clock: testClock(NOON),
    calendar: calendar('Europe/Berlin'),
    price,
    ...more,
  });
  open.push(ledger);
  await ledger.loaded;
  return ledger;
};

const files = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));

const text = async (pieces: AsyncIterable<string>): Promise<string> => {
  let whole = '';
  for await (const piece of pieces) whole += piece;
  return whole;
};

describe('the ledger', () => {
  it('shows an entry at once, and still after a restart', async () => {
    const first = await start();
    first.append(onCloud());
    first.append(outcome());
    expect(first.stats.get().today).toMatchObject({
      requests: 2,
      spent: { usd: 0.009 },
      saved: { usd: 0.009 },
    });
    await first.dispose();

    const second = await start();
    expect(second.stats.get()).toEqual(first.stats.get());
    expect(second.recent.get()).toEqual(first.recent.get());
  });

  it('takes the same outcome once', async () => {
    const ledger = await start();
    const twice = onCloud();
    ledger.append(twice);
    ledger.append(twice);
    expect(ledger.stats.get().all.requests).toBe(1);
  });

  it('counts a completion as saved from the moment it is accepted', async () => {
    const ledger = await start();
    const shown = completion();
    ledger.append(shown);
    expect(ledger.stats.get().today.saved.usd).toBe(0);
    ledger.amend({ requestId: shown.requestId, verdict: 'accepted', at: NOON + 1 });
    expect(ledger.stats.get().today.saved.usd).toBe(0.00017);
    expect(ledger.recent.get()[0]?.savingRule).toBe('completion-accepted');
  });

  it('takes the saving of a local answer back when it is redone on Claude', async () => {
    const ledger = await start();
    const local = outcome();
    ledger.append(local);
    expect(ledger.stats.get().today.saved.usd).toBe(0.009);
    ledger.append(onCloud({ task: 'explain', redoOf: local.requestId }));
    expect(ledger.stats.get().today.saved.usd).toBe(0);
    ledger.amend({ requestId: local.requestId, verdict: 'accepted', at: NOON + 9_999 });
    expect(ledger.find(local.requestId)?.savingRule).toBe('redone-on-cloud');
  });

  it.each<OutcomeResult>([
    { kind: 'refused', rule: 'budget-cap' },
    { kind: 'cancelled' },
    { kind: 'failed', failure: 'overloaded', message: 'busy' },
  ])('leaves a local answer its saving where Claude, asked instead, has none: $kind', async (result) => {
    const ledger = await start();
    const local = outcome();
    ledger.append(local);
    ledger.append(onCloud({ task: 'explain', redoOf: local.requestId, result }));
    expect(ledger.find(local.requestId)).toMatchObject({ savedUsd: 0.009, savingRule: 'answered-local' });
    await ledger.flush();
    const again = await start();
    expect(again.find(local.requestId)?.savingRule).toBe('answered-local');
    const exported = JSON.parse(await text(again.export('json'))) as { entries: { savingRule: string }[] };
    expect(exported.entries.map(({ savingRule }) => savingRule)).toContain('answered-local');
  });

  it('keeps a verdict that comes before its entry', async () => {
    const ledger = await start();
    const shown = completion();
    ledger.amend({ requestId: shown.requestId, verdict: 'accepted', at: NOON });
    expect(ledger.append(shown).savingRule).toBe('completion-accepted');
  });

  it('stops counting completions when the user says so, also those of the past', async () => {
    const ledger = await start();
    const shown = completion();
    ledger.append(shown);
    ledger.amend({ requestId: shown.requestId, verdict: 'accepted', at: NOON });
    ledger.setCompletionsCount(false);
    expect(ledger.stats.get().today.saved.usd).toBe(0);
    expect(ledger.recent.get()[0]?.savingRule).toBe('completions-switched-off');
  });

  it('forgets everything on reset, for good and in every window', async () => {
    const one = await start();
    const two = await start();
    one.append(onCloud());
    await one.flush();
    await two.refresh();
    two.append(onCloud());
    await two.flush();
    expect(await one.reset()).toBe(true);
    await two.refresh();
    expect([one, two].map((ledger) => ledger.stats.get().all.requests)).toEqual([0, 0]);
    two.append(onCloud());
    await two.flush();
    await one.refresh();
    expect(one.stats.get().all.requests).toBe(1);
    const exported = JSON.parse(await text(one.export('json'))) as { entries: unknown[] };
    expect(exported.entries).toHaveLength(1);
    expect((await start()).stats.get().all.requests).toBe(1);
  });
});

describe('several windows', () => {
  it('see each other’s entries and verdicts, and show the same totals', async () => {
    const one = await start({ windowId: 'one' });
    const two = await start({ windowId: 'two' });
    const shown = completion();
    one.append(shown);
    await one.flush();
    await two.refresh();
    two.amend({ requestId: shown.requestId, verdict: 'accepted', at: NOON });
    two.append(onCloud());
    await two.flush();
    await one.refresh();
    expect(one.stats.get()).toEqual(two.stats.get());
    expect(one.stats.get().all).toMatchObject({ requests: 2, saved: { usd: 0.00017 } });
  });

  it('show the same after one of them rolled old entries up', async () => {
    const limits = { keepOpen: 5 };
    const one = await start({ windowId: 'one', limits });
    const two = await start({ windowId: 'two', limits });
    for (let i = 0; i < 30; i++) {
      one.append(onCloud({ at: NOON + i * 1_000 }));
      two.append(completion({ at: NOON + i * 1_000 + 500 }));
    }
    await one.flush();
    await two.flush();
    await one.refresh();
    await two.refresh();
    const three = await start({ limits });
    await one.refresh();
    await two.refresh();
    expect(await readFile(join(folder, 'rollup.json'), 'utf8')).toContain('"entries":');
    expect(one.stats.get().all).toMatchObject({ requests: 60, spent: { usd: 0.27 } });
    expect(two.stats.get()).toEqual(one.stats.get());
    expect(three.stats.get()).toEqual(one.stats.get());
  });
});

describe('a damaged ledger', () => {
  const DEAD_FILE = '2026-11-23.gone-999999999-abcd1234.1.jsonl';

  const writeAsDead = async (change: (whole: string) => string): Promise<void> => {
    const ledger = await start();
    ledger.append(onCloud());
    ledger.append(onCloud());
    await ledger.dispose();
    const [name = ''] = await files();
    const whole = await readFile(join(folder, name), 'utf8');
    await rm(join(folder, name));
    await writeFile(join(folder, DEAD_FILE), change(whole));
  };

  it('cuts off a torn last line, says so, and loses nothing else', async () => {
    await writeAsDead((whole) => `${whole}{"v":1,"t":"entry","outc`);
    const ledger = await start();
    expect(ledger.stats.get().all.requests).toBe(2);
    await ledger.refresh();
    expect(ledger.health.get()).toMatchObject({ repaired: 1, damaged: 0 });
    expect(await readFile(join(folder, DEAD_FILE), 'utf8')).toMatch(/}\n$/);
    expect((await start()).health.get().repaired).toBe(1);
  });

  it('passes over a damaged line and counts it', async () => {
    await writeAsDead((whole) => `\u0000\u0000rubbish\n${whole}`);
    const ledger = await start();
    expect(ledger.stats.get().all.requests).toBe(2);
    expect(ledger.health.get().damaged).toBe(1);
  });

  it('keeps lines of a newer version where they are', async () => {
    await writeAsDead((whole) => `${whole}{"v":2,"t":"entry","x":1}\n{"v":1,"t":"rating","id":"r"}\n`);
    const ledger = await start({ limits: { keepOpen: 0 } });
    expect(ledger.health.get()).toMatchObject({ newer: 2, damaged: 0 });
    await ledger.refresh();
    expect(ledger.health.get().newer).toBe(2);
    expect(await readFile(join(folder, 'rollup.json'), 'utf8')).toContain('rating');
  });

  it('makes the sums again when their file is damaged', async () => {
    const limits = { keepOpen: 2 };
    const ledger = await start({ limits });
    for (let i = 0; i < 20; i++) ledger.append(onCloud({ at: NOON + i }));
    await ledger.dispose();
    await (await start({ limits })).dispose();
    await writeFile(join(folder, 'rollup.json'), '{"v":1,');
    const again = await start({ limits });
    expect(again.stats.get().all.requests).toBe(20);
    expect(again.health.get().rollup).toBe('restored');
  });
});

describe('export', () => {
  it('writes CSV that no spreadsheet takes for formulas', async () => {
    const ledger = await start();
    ledger.append(onCloud({ languageId: '=HYPERLINK("http://evil")' }));
    const csv = await text(ledger.export('csv'));
    expect(csv.split('\r\n')[1]).toContain(`"'=HYPERLINK(""http://evil"")"`);
  });

  it('writes the cache’s saving, the estimate beforehand and what made a local answer doubtful', async () => {
    const ledger = await start();
    const doubted = attempt(LOCAL, tokens(10, 10), {
      confidence: 0.2,
      end: { kind: 'doubted', finish: 'stop' },
      evidence: [{ check: 'logprobs', saw: 'mean 0.1', score: 0.1 }],
    });
    const usage = tokens(100, 500, { cacheReadTokens: 10_000 });
    ledger.append(
      outcome({
        attempts: [
          doubted,
          attempt(SONNET, usage, { role: 'escalation', timings: { firstTokenMs: 300, totalMs: 900 } }),
        ],
        result: { kind: 'answered', track: 'cloud' },
      }),
    );
    const [names = '', row = ''] = (await text(ledger.export('csv'))).split('\r\n');
    const cells = row.split(',');
    const written = Object.fromEntries(names.split(',').map((name, at) => [name, cells[at]]));
    expect(written).toMatchObject({
      // 10,000 tokens at 0.1 instead of 2 USD a million.
      cache_saved_usd: '0.019',
      estimate_usd: '0',
      estimate_output_tokens: '500',
      estimate_ms: '2000',
      score: '',
      escalated_by: 'logprobs',
      first_token_ms: '300',
    });
  });

  it('has every entry, rolled up or not, with its last verdict', async () => {
    const limits = { keepOpen: 2 };
    const ledger = await start({ limits });
    const shown = completion({ at: NOON - 5_000 });
    ledger.append(shown);
    ledger.amend({ requestId: shown.requestId, verdict: 'accepted', at: NOON });
    for (let i = 0; i < 20; i++) ledger.append(onCloud({ at: NOON + i }));
    await ledger.dispose();
    const again = await start({ limits });
    const { entries } = JSON.parse(await text(again.export('json'))) as { entries: { verdict?: string }[] };
    expect(entries).toHaveLength(21);
    expect(entries.filter((entry) => entry.verdict === 'accepted')).toHaveLength(1);
  });

  it('holds no line that the reader of another window has torn', async () => {
    const ledger = await start();
    ledger.append(onCloud());
    await ledger.flush();
    const [name = ''] = await files();
    await appendFile(join(folder, name), '{"half":');
    expect((await text(ledger.export('csv'))).trim().split('\r\n')).toHaveLength(2);
  });
});
