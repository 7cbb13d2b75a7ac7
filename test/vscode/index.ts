import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { notes, type HostReport } from './report';

/**
 * The entry VS Code's extension host calls. `SWITCHYARD_SUITE` picks files (`startup` runs `startup.test.ts`, `real.model` what
 * needs real weights, `two.folders` what needs two folders; empty runs all others), `SWITCHYARD_REPORT` is the file the outcome is written to.
 */
export async function run(): Promise<void> {
  const reportFile = process.env['SWITCHYARD_REPORT'];
  if (!reportFile) throw new Error('SWITCHYARD_REPORT is not set');
  const suite = process.env['SWITCHYARD_SUITE'] ?? '';

  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, slow: 5_000 });
  for (const name of readdirSync(__dirname).sort()) {
    const wanted =
      suite === '' ? name.endsWith('.test.cjs') : [`${suite}.test.cjs`, `${suite}.cjs`].includes(name);
    if (wanted) mocha.addFile(path.join(__dirname, name));
  }

  const passed: string[] = [];
  const failed: { title: string; error: string }[] = [];
  const pending: string[] = [];
  try {
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => {
        resolve();
      });
      runner.on('pass', (test) => passed.push(test.fullTitle()));
      runner.on('pending', (test) => pending.push(test.fullTitle()));
      runner.on('fail', (test, error: Error) => {
        failed.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      });
    });
  } catch (error) {
    failed.push({
      title: 'loading the suites',
      error: error instanceof Error ? (error.stack ?? '') : String(error),
    });
  }
  writeWhole(reportFile, { passed, failed, pending, notes: notes() });
}

/** Under its name the file is never half there. */
function writeWhole(file: string, report: HostReport): void {
  writeFileSync(`${file}.tmp`, JSON.stringify(report, undefined, 2));
  renameSync(`${file}.tmp`, file);
}
