import { commandLines } from './command-lines';

/** Keys of JSON manifests that a package manager, a hook or VS Code's task list takes commands, or code to load, from. */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'package.json',
    `scripts bin husky simple-git-hooks lint-staged gypfile pnpm config packageManager jest prettier eslintConfig babel
    ava mocha nyc stylelint commitlint release wireit volta`
      .trim()
      .split(/\s+/),
  ],
  ['composer.json', ['scripts', 'bin', 'config', 'extra']],
  ['deno.json', ['tasks', 'nodeModulesDir', 'lint', 'permissions']],
  ['deno.jsonc', ['tasks', 'nodeModulesDir', 'lint', 'permissions']],
]);

/**
 * True where an edit would change commands that run without anybody reading them: a model may change a project's code,
 * never what is run on it. A manifest that cannot be read before or after counts as changed (so does JSON with
 * comments).
 */
export function changesWhatRuns(path: string, before: string, after: string): boolean {
  const name = path.slice(path.search(/[^/\\]*$/)).toLowerCase();
  const keys = KEYS.get(name);
  if (keys === undefined) return commandLines(name, before) !== commandLines(name, after);
  if (before === after) return false;
  const was = before.trim() === '' ? {} : parse(before);
  const is = parse(after);
  if (was === undefined || is === undefined) return true;
  return keys.some((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
