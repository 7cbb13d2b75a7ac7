import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runMochaInHost } from './mocha';
import { PROJECT } from './places';

/**
 * `mocha-main.ts REPORT [SUITE]`: runs the suites of test/vscode/ in VS Code and leaves their report. A suite named
 * `*.folders` gets a window with two folders.
 */
const [reportFile, suite] = process.argv.slice(2);
if (!reportFile) throw new Error('Usage: mocha-main.ts REPORT [SUITE]');

const suites = (await readdir(path.join(PROJECT, 'test', 'vscode')))
  .filter((name) => /\.(test|model|folders)\.ts$/.test(name))
  .map((name) => name.replace(/(\.test)?\.ts$/, ''));
if (suite && !suites.includes(suite)) throw new Error(`No suite '${suite}'. Suites: ${suites.join(', ')}`);

const twoFolders = suite?.endsWith('.folders') === true;
const report = await runMochaInHost(suite ? { suite, twoFolders } : {});
await writeFile(reportFile, JSON.stringify(report, undefined, 2));
for (const { title, error } of report.failed) console.error(`✗ ${title}\n${error}`);
console.log(`${report.passed.length} passed, ${report.failed.length} failed`);
process.exitCode = report.failed.length > 0 ? 1 : 0;
