import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Everything VS Code keeps for this run: settings, storage of extensions, logs. The report lies at its root. */
export function scratchFolder(): string {
  const report = process.env['SWITCHYARD_REPORT'];
  if (report === undefined) throw new Error('SWITCHYARD_REPORT is not set');
  return path.dirname(report);
}

/** The files under a folder of the scratch folder whose path matches. */
export function filesOfRun(pattern: RegExp): readonly string[] {
  const root = scratchFolder();
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => pattern.test(path.relative(root, file)));
}

/** Files of the run that hold `text`, byte for byte. */
export const filesWith = (text: string, among: RegExp): readonly string[] =>
  filesOfRun(among).filter((file) => readFileSync(file).includes(text));

/** What the extension wrote to its log so far. */
export const extensionLog = (): string =>
  filesOfRun(/Switchyard\.log$/)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
