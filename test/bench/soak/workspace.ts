import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TOKENS } from '../../fixtures/secrets';
import { CANARY } from './marker';

/** A function of its own for each line, so that every file is other text of the same shape. */
const functionText = (file: number, line: number): string =>
  `export function part${file}of${line}(items: readonly Item[]): number {
  return items.filter(({ kind }) => kind === ${line}).reduce((sum, { price }) => sum + price, ${file});
}\n`;

const codeFile = (file: number, functions: number): string =>
  `import type { Item } from './item';\n\n${Array.from({ length: functions }, (_, line) => functionText(file, line)).join('\n')}`;

/** Files by path below the workspace: some that may leave, one with a secret in it, and some that must stay. */
export const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, file) => [`src/part${file}.ts`, codeFile(file, 6 + 5 * file)]),
  ),
  'src/client.ts': `const token = '${TOKENS['GitHub personal token'] ?? ''}';\n${codeFile(8, 12)}`,
  '.gitignore': 'private/\n',
  'private/plan.ts': `// ${CANARY}\n${codeFile(9, 4)}`,
  '.env': `NOTE=${CANARY}\nLEVEL=3\n`,
};

/** Files that may not leave for a cloud. */
export const HOME_BOUND: readonly string[] = ['private/plan.ts', '.env'];
export const FREE_TO_LEAVE: readonly string[] = Object.keys(FILES).filter((name) => name.startsWith('src/'));

export async function writeWorkspace(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(FILES)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}
