/**
 * Kills ledger-writing processes at random moments (`SIGKILL`) while four write, and checks that no acknowledged entry
 * is lost, none counts twice, and every window reads the same:
 * `node scripts/run-ts.mjs test/bench/crash/main.ts [--kills 200] [--seed 1] [--json FILE]`
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bundled } from '../bundled';
import { crashTest } from './crash-test';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

const script = await bundled(new URL('writer.ts', import.meta.url));
const started = performance.now();
const report = await crashTest({
  script: script.file,
  kills: Number(values.kills),
  writers: 4,
  seed: Number(values.seed),
}).finally(() => script.dispose());
const seconds = (performance.now() - started) / 1_000;

const { kills, acknowledged, lost, twice, entries, spentOff, savedOff, sameInOldWindow, health } = report;
console.log(`${kills} kills in ${seconds.toFixed(1)} s while four processes wrote one ledger`);
console.log(`${acknowledged} entries acknowledged, ${lost} lost, ${twice} twice; ${entries} in the ledger`);
console.log(`totals off by ${spentOff} (spent) and ${savedOff} (saved) nano-USD`);
console.log(
  `torn lines repaired: ${health.repaired}, damaged lines: ${health.damaged}, sums: ${health.rollup}`,
);
console.log(`a window open all the time shows the same: ${sameInOldWindow}`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ ...report, seconds })}\n`);
const good = lost + twice + health.damaged === 0 && spentOff === 0 && savedOff === 0 && sameInOldWindow;
process.exitCode = good ? 0 : 1;
