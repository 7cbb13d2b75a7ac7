/**
 * What the yard adds to the first token: each request once through yard and client, once as a plain HTTP call with the
 * same body to the same server, in turns within one run:
 * `npm run bench:overhead -- [--requests 400] [--json FILE]`
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { percentile } from './percentile';
import { openTrack, type Track } from './tracks';

/** What may be added at the median, in ms: less than a person or a frame of the screen notices. */
const TARGET_MS = 2;
const WARM_UP = 30;

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '400' }, json: { type: 'string' } },
});
const requests = Number(values.requests);

async function measure(track: Track): Promise<Record<string, number>> {
  const direct: number[] = [];
  const yard: number[] = [];
  for (let round = -WARM_UP; round < requests; round += 1) {
    // Who goes first changes, so that neither has the warmer connection.
    const isYardFirst = round % 2 === 0;
    const first = await (isYardFirst ? track.throughYard() : track.direct());
    const second = await (isYardFirst ? track.direct() : track.throughYard());
    if (round < 0) continue;
    yard.push(isYardFirst ? first : second);
    direct.push(isYardFirst ? second : first);
  }
  // The quickest tenth: what is left where nothing else runs on the machine.
  const [directP10, yardP10] = [percentile(direct, 0.1), percentile(yard, 0.1)];
  const [directP50, directP99] = [percentile(direct, 0.5), percentile(direct, 0.99)];
  const [yardP50, yardP99] = [percentile(yard, 0.5), percentile(yard, 0.99)];
  const added = {
    addedP10: yardP10 - directP10,
    addedP50: yardP50 - directP50,
    addedP99: yardP99 - directP99,
  };
  return { directP10, directP50, directP99, yardP10, yardP50, yardP99, ...added };
}

const report: Record<string, Record<string, number>> = {};
for (const [name, track] of [
  ['ollama', () => openTrack('ollama')],
  ['claude', () => openTrack('claude')],
  // Each request then reserves its estimate on disk first, where other windows can see it.
  ['claude under a cap', () => openTrack('claude', 1_000)],
] as const) {
  const opened = await track();
  const found = await measure(opened).finally(() => opened.close());
  report[name] = found;
  const ms = (key: string): string => `${(found[key] ?? NaN).toFixed(2)} ms`;
  console.log(`${name}: first token over ${requests} requests each, in turns`);
  console.log(`  direct      p10 ${ms('directP10')}, p50 ${ms('directP50')}, p99 ${ms('directP99')}`);
  console.log(`  the yard    p10 ${ms('yardP10')}, p50 ${ms('yardP50')}, p99 ${ms('yardP99')}`);
  console.log(`  added       p10 ${ms('addedP10')}, p50 ${ms('addedP50')}, p99 ${ms('addedP99')}`);
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report)}\n`);
const worst = Math.max(...Object.values(report).map(({ addedP50 }) => addedP50 ?? Infinity));
console.log(`at most ${worst.toFixed(2)} ms added at the median; the target is ${TARGET_MS} ms`);
process.exitCode = worst <= TARGET_MS ? 0 : 1;
