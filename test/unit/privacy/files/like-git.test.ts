import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/base/clock';
import { diskAccess } from '../../../../src/privacy/files/file-access';
import { IgnoreTree } from '../../../../src/privacy/files/ignore-tree';

// ASCII only: git's `?` is one byte, ours one character, which keeps more here.
const NAMES = ['a', 'b', 'foo', 'foo.ts', 'bar.log', 'b[1]', 'x y', '!n', '#h', '.hid', 'Foo', 'a*'];
const FOLDERS = ['a', 'b', 'foo', 'x y', 'b[1]', '!n', '.hid', 'deep'];

const path = fc
  .tuple(fc.array(fc.constantFrom(...FOLDERS), { maxLength: 3 }), fc.constantFrom(...NAMES))
  .map(([folders, name]) => [...folders, name].join('/'));

const glob = fc.constantFrom(
  '*', 'foo', 'a', 'b', '*.ts', '*.log', 'f*', '?', 'b\\[1\\]', 'b[1]', '[ab]', '[!a]', 'x y', '\\!n', '\\#h', '.*',
  'a\\*', 'foo.*', '**', 'deep', 'x\\ y', 'Foo',
); // prettier-ignore
const pattern = fc
  .record({
    not: fc.constantFrom('', '', '!'),
    top: fc.constantFrom('', '', '/'),
    names: fc.array(glob, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom('', '', '/', '/*', '/**', '  ', '\r'),
  })
  .map(({ not, top, names, end }) => not + top + names.join('/') + end);
const line = fc.oneof(
  { weight: 9, arbitrary: pattern },
  { weight: 1, arbitrary: fc.constantFrom('', '#c', ' ', '!', '/') },
);
const ignoreFile = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));

const tree = fc.record({
  files: fc.uniqueArray(path, { minLength: 4, maxLength: 14 }),
  ignores: fc.dictionary(
    fc.array(fc.constantFrom(...FOLDERS), { maxLength: 2 }).map((names) => names.join('/')),
    ignoreFile,
    { maxKeys: 3 },
  ),
  top: ignoreFile,
  exclude: ignoreFile,
});

function git(cwd: string, args: string[], input?: string): string {
  try {
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      ...(input === undefined ? {} : { input }),
      env: {
        PATH: process.env['PATH'] ?? '',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        HOME: cwd,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  } catch (error) {
    // Status 1: nothing is ignored.
    if (error instanceof Error && 'status' in error && error.status === 1) return '';
    throw error;
  }
}

/** The one test that needs git; a machine that only runs the project may have none. */
const hasGit = ((): boolean => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasGit)('ignore rules', () => {
  let base: string;
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'like-git-'));
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });

  it('are those of git on random trees', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(tree, async ({ files, ignores, top, exclude }) => {
        const folder = join(base, String(run++));
        const write = (name: string, text: string): boolean => {
          try {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), text);
            return true;
          } catch {
            return false; // A file is already there under the folder's name, or the other way round.
          }
        };
        mkdirSync(folder);
        git(folder, ['init', '-q']);
        const there = files.filter((name) => write(name, ''));
        write('.gitignore', top);
        write('.git/info/exclude', exclude);
        for (const [name, text] of Object.entries(ignores)) write(`${name}/.gitignore`, text);
        const answer = git(folder, ['check-ignore', '-z', '--stdin', '--no-index'], there.join('\0'));
        const theirs = new Set(answer.split('\0').filter((name) => name !== ''));
        const rules = new IgnoreTree(diskAccess, systemClock, false);
        const ours = await Promise.all(
          there.map(async (name) =>
            (await rules.check(folder, `${folder}/${name}`)) === undefined ? [] : [name],
          ),
        );
        rmSync(folder, { recursive: true, force: true });
        expect(new Set(ours.flat())).toEqual(theirs);
      }),
      { numRuns: Number(process.env['IGNORE_RUNS'] ?? 40), ...SEED },
    );
  }, 600_000);
});

const SEED = process.env['IGNORE_SEED'] === undefined ? {} : { seed: Number(process.env['IGNORE_SEED']) };
