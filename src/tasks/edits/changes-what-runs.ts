/** Parts of `package.json` that a package manager, or VS Code's task list, takes commands from. */
const COMMANDS = [
  'scripts',
  'bin',
  'husky',
  'simple-git-hooks',
  'lint-staged',
  'gypfile',
  'pnpm',
  'config',
] as const;

/**
 * True where an edit would change commands that run without anybody reading them: a model may change a project's code,
 * never what is run on it. A manifest that cannot be read before or after counts as changed.
 */
export function changesWhatRuns(path: string, before: string, after: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name !== 'package.json') return false;
  const was = before.trim() === '' ? {} : parse(before);
  const is = parse(after);
  if (was === undefined || is === undefined) return true;
  return COMMANDS.some((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
