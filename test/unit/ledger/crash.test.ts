import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundled, type Bundled } from '../../bench/bundled';
import { crashTest } from '../../bench/crash/crash-test';

// The short form of `test/bench/crash/main.ts`, which kills two hundred times.
describe('processes that write one ledger and are killed', () => {
  let script: Bundled;

  beforeAll(async () => {
    script = await bundled(new URL('../../bench/crash/writer.ts', import.meta.url));
  }, 30_000);

  afterAll(() => script.dispose());

  it('lose no acknowledged entry, count none twice, and leave a ledger that every window reads alike', async () => {
    const report = await crashTest({ script: script.file, kills: 8, writers: 4, seed: 7 });
    expect(report.acknowledged).toBeGreaterThan(8);
    expect(report).toMatchObject({ lost: 0, twice: 0, spentOff: 0, savedOff: 0, sameInOldWindow: true });
    expect(report.health).toMatchObject({ damaged: 0, rollup: 'ok', reading: { kind: 'ok' } });
  }, 60_000);
});
