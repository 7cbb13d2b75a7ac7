import { describe, expect, it } from 'vitest';
import { createFileRules, type FileRules } from '../../../../src/privacy/files/file-rules';
import { unfollowedAccess } from '../../../../src/privacy/files/unfollowed-access';
import { StandingClock } from './memory-files';

/** A workspace over SSH: folders and files by path, links by path. */
function overSsh(there: readonly string[], links: readonly string[]): FileRules {
  const files = {
    readText: () => Promise.resolve(undefined),
    isLink: (path: string) =>
      Promise.resolve(links.includes(path) ? true : there.includes(path) ? false : undefined),
  };
  const roots = (): string[] => ['/home/me/project'];
  return createFileRules({
    access: unfollowedAccess(files, roots),
    clock: new StandingClock(),
    roots,
    excluded: () => [],
    ignoreCase: false,
  });
}

const check = (rules: FileRules, path: string) => rules.check({ kind: 'file', path });

describe('where links cannot be followed', () => {
  const ROOT = '/home/me/project';
  const there = [ROOT, `${ROOT}/src`, `${ROOT}/src/deep`, `${ROOT}/src/deep/a.ts`, `${ROOT}/a.ts`];

  it('a plain file may leave', async () => {
    expect(await check(overSsh(there, []), `${ROOT}/src/deep/a.ts`)).toBeUndefined();
    expect(await check(overSsh(there, []), `${ROOT}/a.ts`)).toBeUndefined();
  });

  it.each([`${ROOT}/src`, `${ROOT}/src/deep`, `${ROOT}/src/deep/a.ts`])(
    'a link anywhere on the way counts as leading out: %s',
    async (link) =>
      expect(await check(overSsh(there, [link]), `${ROOT}/src/deep/a.ts`)).toBe('symlink-leads-out'),
  );

  it('a link above the opened folder was chosen by opening it', async () => {
    expect(await check(overSsh(there, ['/home/me']), `${ROOT}/a.ts`)).toBeUndefined();
  });

  it('a file to be created leads where its nearest folder leads', async () => {
    expect(await check(overSsh(there, []), `${ROOT}/src/new/b.ts`)).toBeUndefined();
    expect(await check(overSsh(there, [`${ROOT}/src`]), `${ROOT}/src/new/b.ts`)).toBe('symlink-leads-out');
  });
});
