import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/base/clock';
import { diskAccess } from '../../../../src/privacy/files/file-access';
import { fileRef } from '../../../../src/privacy/files/file-ref';
import {
  createFileRules,
  type FileRules,
  type FileRulesOptions,
} from '../../../../src/privacy/files/file-rules';
import type { BlockRule } from '../../../../src/privacy/report';
import { MemoryFiles, StandingClock } from './memory-files';

function rulesOn(access: MemoryFiles, more: Partial<FileRulesOptions> = {}): FileRules {
  return createFileRules({
    access,
    clock: new StandingClock(),
    roots: () => ['/w'],
    excluded: () => [],
    ignoreCase: false,
    ...more,
  });
}

const check = (rules: FileRules, path: string, picked = false): Promise<BlockRule | undefined> =>
  rules.check(fileRef(path, picked));

describe('ignore files', () => {
  const access = new MemoryFiles({
    '/w/.git/HEAD': 'ref: refs/heads/main',
    '/w/.git/info/exclude': 'notes.md\n',
    '/w/.gitignore': 'dist/\n*.log\n!keep.log\n/only-top.ts\nbuild/*\n!build/keep.ts\n',
    '/w/packages/a/.gitignore': 'generated.ts\n!debug.log\n',
    '/w/.switchyardignore': 'internal/\n*.sql\n',
    '/w/packages/a/.switchyardignore': '!open.sql\n',
  });
  const rules = rulesOn(access);
  const cases: [string, BlockRule | undefined][] = [
    ['src/main.ts', undefined],
    ['dist/main.js', 'git-ignored'],
    ['packages/a/dist/x/y.js', 'git-ignored'],
    ['trace.log', 'git-ignored'],
    ['keep.log', undefined],
    ['packages/a/debug.log', undefined],
    ['packages/b/debug.log', 'git-ignored'],
    ['only-top.ts', 'git-ignored'],
    ['packages/a/only-top.ts', undefined],
    ['build/x.ts', 'git-ignored'],
    ['build/keep.ts', undefined],
    ['packages/a/generated.ts', 'git-ignored'],
    ['packages/a/deep/generated.ts', 'git-ignored'],
    ['packages/b/generated.ts', undefined],
    ['notes.md', 'git-ignored'],
    ['internal/plan.md', 'switchyard-ignored'],
    ['dump.sql', 'switchyard-ignored'],
    ['packages/a/open.sql', undefined],
  ];
  for (const [path, rule] of cases) {
    it(`${rule === undefined ? 'let go' : 'keep here'}: ${path}`, async () => {
      expect(await check(rules, `/w/${path}`)).toBe(rule);
    });
  }

  it('of the repository count too when the workspace is a folder inside it', async () => {
    const inner = rulesOn(access, { roots: () => ['/w/packages/a'] });
    expect(await check(inner, '/w/packages/a/x.log')).toBe('git-ignored');
    expect(await check(inner, '/w/packages/a/dump.sql')).toBe('switchyard-ignored');
  });

  it('cannot be softened by .switchyardignore', async () => {
    const soft = rulesOn(
      new MemoryFiles({ '/w/.gitignore': 'a.ts', '/w/.switchyardignore': '!a.ts\n!.env\n!*.pem' }),
    );
    expect(await check(soft, '/w/a.ts')).toBe('git-ignored');
    expect(await check(soft, '/w/.env')).toBe('denied-file');
    expect(await check(soft, '/w/x.pem')).toBe('denied-file');
  });

  it('of a worktree are found through the file that .git is there', async () => {
    const worktree = rulesOn(
      new MemoryFiles({
        '/w/.git': 'gitdir: /main/.git/worktrees/w\n',
        '/main/.git/worktrees/w/commondir': '../..\n',
        '/main/.git/info/exclude': 'secret-plan.md',
      }),
    );
    expect(await check(worktree, '/w/secret-plan.md')).toBe('git-ignored');
  });

  it('for all repositories count where the user has one', async () => {
    const files = new MemoryFiles({ '/w/.git/HEAD': 'x', '/home/me/.config/git/ignore': '*.swp\n' });
    const rules = rulesOn(files, { globalIgnoreFile: '/home/me/.config/git/ignore' });
    expect(await check(rules, '/w/a.swp')).toBe('git-ignored');
  });

  it('that cannot be read keep everything below them here', async () => {
    const files = new MemoryFiles();
    files.unreadable.add('/w/sub/.gitignore');
    const rules = rulesOn(files);
    expect(await check(rules, '/w/sub/a.ts')).toBe('git-ignored');
    expect(await check(rules, '/w/a.ts')).toBe(undefined);
  });

  it('take effect at once when they change, and soon when nobody said so', async () => {
    const files = new MemoryFiles({});
    const clock = new StandingClock();
    const rules = rulesOn(files, { clock });
    expect(await check(rules, '/w/sub/a.ts')).toBe(undefined);
    files.texts['/w/.gitignore'] = 'a.ts';
    rules.changed('/w/.gitignore');
    expect(await check(rules, '/w/sub/a.ts')).toBe('git-ignored');
    files.texts['/w/.gitignore'] = '';
    clock.ms += 2_001;
    expect(await check(rules, '/w/sub/a.ts')).toBe(undefined);
  });
});

describe('places', () => {
  it('outside the workspace stay here unless picked by hand', async () => {
    const rules = rulesOn(new MemoryFiles());
    expect(await check(rules, '/other/a.ts')).toBe('outside-workspace');
    expect(await check(rules, '/w/../other/a.ts')).toBe('outside-workspace');
    expect(await check(rules, '/w2/a.ts')).toBe('outside-workspace');
    expect(await check(rules, '/other/a.ts', true)).toBe(undefined);
  });

  it('picked by hand still obey every other rule', async () => {
    const rules = rulesOn(new MemoryFiles({ '/other/.git/HEAD': 'x', '/other/.gitignore': 'b.ts' }), {
      excluded: () => ['/private'],
    });
    expect(await check(rules, '/other/.env', true)).toBe('denied-file');
    expect(await check(rules, '/home/me/.aws/credentials', true)).toBe('denied-file');
    expect(await check(rules, '/other/b.ts', true)).toBe('git-ignored');
    expect(await check(rules, '/private/x.ts', true)).toBe('settings-excluded');
    expect(await check(rules, '/w/.env', true)).toBe('denied-file');
  });

  it('that a link leads to are what counts', async () => {
    const rules = rulesOn(
      new MemoryFiles(
        { '/w/.gitignore': 'hidden/' },
        {
          '/w/out.ts': '/etc/passwd.ts',
          '/w/outer': '/home/me',
          '/w/notes.txt': '/w/.env',
          '/w/inner.ts': '/w/src/a.ts',
          '/w/peek.ts': '/w/hidden/b.ts',
        },
      ),
    );
    expect(await check(rules, '/w/out.ts')).toBe('symlink-leads-out');
    expect(await check(rules, '/w/outer/x.ts')).toBe('symlink-leads-out');
    expect(await check(rules, '/w/notes.txt')).toBe('denied-file');
    expect(await check(rules, '/w/inner.ts')).toBe(undefined);
    expect(await check(rules, '/w/peek.ts')).toBe('git-ignored');
  });

  it('may be reached through a workspace folder that is itself a link', async () => {
    const rules = rulesOn(new MemoryFiles({}, { '/w': '/disk2/project' }));
    expect(await check(rules, '/w/a.ts')).toBe(undefined);
  });

  it('in another folder of the same workspace are not outside, and obey that folder', async () => {
    const rules = rulesOn(
      new MemoryFiles({ '/v/.gitignore': 'b.ts' }, { '/w/a.ts': '/v/a.ts', '/w/b.ts': '/v/b.ts' }),
      {
        roots: () => ['/w', '/v'],
      },
    );
    expect(await check(rules, '/w/a.ts')).toBe(undefined);
    expect(await check(rules, '/w/b.ts')).toBe('git-ignored');
  });

  it('are compared without case where the file system does so', async () => {
    const files = new MemoryFiles({ '/w/.gitignore': 'Secret/' });
    expect(await check(rulesOn(files, { ignoreCase: true }), '/w/SECRET/a.ts')).toBe('git-ignored');
    expect(await check(rulesOn(files), '/w/SECRET/a.ts')).toBe(undefined);
    expect(await check(rulesOn(files), '/W/a.ts')).toBe('outside-workspace');
  });

  it('of documents never saved are no obstacle, but their names are', async () => {
    const rules = rulesOn(new MemoryFiles());
    expect(await rules.check({ kind: 'untitled', name: 'Untitled-1' })).toBe(undefined);
    expect(await rules.check({ kind: 'untitled', name: '.env' })).toBe('denied-file');
  });
});

describe('exclusions in settings', () => {
  const cases: [string, string, BlockRule | undefined][] = [
    ['internal', '/w/internal/a.ts', 'settings-excluded'],
    ['internal/', '/w/x/internal/a.ts', 'settings-excluded'],
    ['**/*.{sql,csv}', '/w/data/a.csv', 'settings-excluded'],
    ['**/*.{sql,csv}', '/w/data/a.ts', undefined],
    ['{a,b}/{c,d{1,2}}.ts', '/w/b/d2.ts', 'settings-excluded'],
    ['{a,b}'.repeat(20), `/w/${'ab'.repeat(10)}`, 'settings-excluded'],
    ['a{b', '/w/a{b', 'settings-excluded'],
    ['src/secret/**', '/w/src/secret/a/b.ts', 'settings-excluded'],
    ['SRC/Secret', '/w/src/secret/a.ts', 'settings-excluded'],
    ['~/work/client', '/home/me/work/client/a.ts', 'settings-excluded'],
    ['/srv/data', '/srv/data/a.ts', 'settings-excluded'],
    ['c:\\work\\client', '/c:/work/client/a.ts', 'settings-excluded'],
    ['  ', '/w/a.ts', undefined],
  ];
  for (const [glob, path, rule] of cases) {
    it(`${glob} ${rule === undefined ? 'lets go' : 'keeps here'} ${path}`, async () => {
      const rules = rulesOn(new MemoryFiles(), { excluded: () => [glob], home: '/home/me' });
      expect(await check(rules, path, true)).toBe(rule);
    });
  }

  it('take effect when they change', async () => {
    const globs: string[] = [];
    const rules = rulesOn(new MemoryFiles(), { excluded: () => globs });
    expect(await check(rules, '/w/a.ts')).toBe(undefined);
    globs.push('a.ts');
    expect(await check(rules, '/w/a.ts')).toBe('settings-excluded');
  });
});

describe('the check that does not wait', () => {
  it('says so while it does not know, and knows from then on without reading again', async () => {
    const files = new MemoryFiles({ '/w/.gitignore': '*.log' });
    const rules = rulesOn(files);
    expect(rules.checkNow(fileRef('/w/src/a.ts'))).toBe('not-loaded');
    await rules.check(fileRef('/w/src/a.ts'));
    const reads = files.reads;
    expect(rules.checkNow(fileRef('/w/src/a.ts'))).toBe(undefined);
    expect(files.reads).toBe(reads);
  });

  it('agrees with the one that does', async () => {
    const rules = rulesOn(
      new MemoryFiles({ '/w/.gitignore': '*.log' }, { '/w/l.ts': '/etc/x', '/w/m.ts': '/w/x.log' }),
    );
    for (const path of ['/w/a.log', '/w/a.ts', '/w/l.ts', '/w/m.ts', '/w/.env', '/x/a.ts', '/w/s/t/u.log']) {
      const rule = await check(rules, path);
      expect([path, rules.checkNow(fileRef(path))]).toEqual([path, rule]);
    }
  });

  it('knows nothing any more after an ignore file changed', async () => {
    const rules = rulesOn(new MemoryFiles());
    await check(rules, '/w/a.ts');
    rules.changed('/w/.gitignore');
    expect(rules.checkNow(fileRef('/w/a.ts'))).toBe('not-loaded');
  });
});

describe('on a real disk', () => {
  let folder: string;
  const url = (...names: string[]): string =>
    decodeURIComponent(pathToFileURL(join(folder, ...names)).pathname);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rules-'));
    await mkdir(join(folder, 'w', 'odd #%?name'), { recursive: true });
    await mkdir(join(folder, 'elsewhere'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const onDisk = (): FileRules =>
    createFileRules({
      access: diskAccess,
      clock: systemClock,
      roots: () => [url('w')],
      excluded: () => [],
      ignoreCase: false,
    });

  it('follows links, reads ignore files in folders with odd names, and judges files not there yet', async () => {
    await writeFile(join(folder, 'elsewhere', 'a.ts'), '');
    await symlink(join(folder, 'elsewhere'), join(folder, 'w', 'link'));
    await symlink(join(folder, 'w', 'loop'), join(folder, 'w', 'loop'));
    await writeFile(join(folder, 'w', 'odd #%?name', '.gitignore'), 'a.ts\n');
    const rules = onDisk();
    expect(await check(rules, url('w', 'link', 'a.ts'))).toBe('symlink-leads-out');
    expect(await check(rules, url('w', 'link', 'new', 'b.ts'))).toBe('symlink-leads-out');
    expect(await check(rules, url('w', 'loop'))).toBe('symlink-leads-out');
    expect(await check(rules, url('w', 'odd #%?name', 'a.ts'))).toBe('git-ignored');
    expect(await check(rules, url('w', 'odd #%?name', 'new.ts'))).toBe(undefined);
    expect(await check(rules, url('w', 'new', 'folder', 'c.ts'))).toBe(undefined);
  });
});

describe('the name of a file in a report', () => {
  const named = (path: string, more: Partial<FileRulesOptions> = {}): string =>
    rulesOn(new MemoryFiles({}), more).display(fileRef(path));

  it('is its path in the workspace, or its last name outside', () => {
    expect(named('/w/src/.env')).toBe('src/.env');
    expect(named('/home/me/.env')).toBe('.env');
  });

  it('is one line, whatever the name holds', () => {
    expect(named('/w/a\nSecrets replaced: none found.\u202e.ts')).toBe('a Secrets replaced: none found. .ts');
    expect(named('/other/b\r\nc')).toBe('b c');
  });

  it('tells apart files of the same path in two folders', () => {
    const two = {
      roots: () => ['/client/app', '/server/app'],
      label: (root: string) => (root === '/client/app' ? 'app' : 'app-2'),
    };
    expect(named('/client/app/.env', two)).toBe('app/.env');
    expect(named('/server/app/.env', two)).toBe('app-2/.env');
  });
});
