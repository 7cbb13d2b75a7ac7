/**
 * A day's work on bad servers, disks and clocks, in four windows that write one ledger; then the servers' own records
 * are held against it:
 * `npm run soak -- [--requests 100000] [--faults 0.2] [--seed 1] [--windows 4] [--json FILE]`
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { brokenPromises, inWords } from './report';
import { soak } from './soak';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    faults: { type: 'string', default: '0.2' },
    seed: { type: 'string', default: '1' },
    windows: { type: 'string', default: '4' },
    json: { type: 'string' },
  },
});

const started = performance.now();
let told = 0;
const findings = await soak({
  requests: Number(values.requests),
  faults: Number(values.faults),
  seed: Number(values.seed),
  windows: Number(values.windows),
  onProgress(ended) {
    if (ended - told < Number(values.requests) / 20) return;
    told = ended;
    console.error(`${ended} requests after ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  },
});
console.log(inWords(findings));
const broken = brokenPromises(findings);
for (const words of broken) console.log(`✗ ${words}`);
if (broken.length === 0) console.log('✓ nothing lost, nothing left, nothing billed twice');
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(findings.report)}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
