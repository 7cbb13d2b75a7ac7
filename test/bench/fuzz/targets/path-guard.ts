import { posix, win32 } from 'node:path';
import { guardPath } from '../../../../src/tasks/edits/path-guard';
import { promise, type FuzzTarget } from '../target';

const PROTECTED =
  /(?:^|[/\\])(?:\.git|\.vscode|\.devcontainer|\.husky)(?:[/\\]|$)|\.code-workspace$|(?:^|[/\\])(?:tasks|settings|launch)\.json$|(?:^|[/\\])\.env[^/\\]*$/i;

/** A path that passes stays inside the workspace on every system, and is none of those that make something run. */
export const pathGuard: FuzzTarget = {
  name: 'path-guard',
  seeds: [
    'src/cart.ts',
    'src/deep/er/path.test.tsx',
    './README.md',
    '../x',
    '.vscode/settings.json',
    'a b/ü.ts',
    '.git/config',
    'app/[id]/page.tsx',
  ],
  words: [
    '..', '../', '..\\', './', '//', '/', '\\', '\\\\server\\share\\', 'C:', 'c:/', 'file:///', '.git', '.GIT/', 'git~1', '.vscode', '.vscode/tasks.json', '.env',
    'x.code-workspace', '%2e%2e', '%2f', '\u2215', '\uff0f', '\u2024', '\u200b', '\u202e', '::$DATA', ':', 'con', 'nul.', ' ', '. ', '~', '~/', '\0', '*', '\ufe52',
  ], // prettier-ignore
  run(written) {
    const guarded = guardPath(written);
    if (!guarded.ok) return;
    const { path } = guarded;
    for (const { system, root } of [
      { system: posix, root: '/work/space' },
      { system: win32, root: 'C:\\work\\space' },
    ]) {
      // Forms that one file system or another takes for the same name.
      for (const form of [path, path.normalize('NFC'), path.normalize('NFD'), path.normalize('NFKC')]) {
        const inside = system.relative(root, system.resolve(root, form));
        promise(
          inside !== '' && !/^\.\.(?:[/\\]|$)/.test(inside) && !system.isAbsolute(inside),
          `leads out: ${form}`,
        );
        const bare = inside.replace(/[\u00ad\u200b-\u200f\ufeff]/gu, '').replace(/[. ]+(?=[/\\]|$)/g, '');
        promise(!PROTECTED.test(bare), `reaches what is protected: ${form}`);
      }
    }
    promise(
      JSON.stringify(guardPath(path)) === JSON.stringify(guarded),
      'a guarded path is guarded otherwise',
    );
  },
};
