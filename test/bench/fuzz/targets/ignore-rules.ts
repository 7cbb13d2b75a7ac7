import type { FileAccess } from '../../../../src/privacy/files/file-access';
import { fileRef } from '../../../../src/privacy/files/file-ref';
import { createFileRules } from '../../../../src/privacy/files/file-rules';
import { expandBraces } from '../../../../src/privacy/files/settings-globs';
import { systemClock } from '../../../../src/base/clock';
import { promise, type FuzzTarget } from '../target';

const PATHS = ['/w/a.ts', '/w/src/a.ts', '/w/src/deep/a.log', '/w/build/keep.ts', '/w/x y/b[1].ts'];

/**
 * Ignore files with anything in them: both checks agree, nothing comes back from an excluded folder, what is denied by
 * name stays denied, and `.switchyardignore` never softens git's rules. (Against git itself: `like-git.test.ts`.)
 */
export const ignoreRules: FuzzTarget = {
  name: 'ignore-rules',
  seeds: [
    '*.log\n!keep.log\n/build/\nsrc/**/tmp\n',
    'a/\n# comment\n\\#x\n\\!y\n',
    '**/deep/**\n!*.ts\n[a-c]*\n',
    'build/*\n!build/keep.ts',
    '**/*.{ts,js}\nx\\ y\n',
    '\ufeffsrc\r\n',
  ],
  words: [
    '*',
    '**',
    '/',
    '!',
    '#',
    '\\',
    '[',
    ']',
    '[!a]',
    '{',
    '}',
    '{a,b}',
    ',',
    '?',
    '**/',
    '/**',
    ' ',
    '\n',
    '\r\n',
    '[[:alpha:]]',
    '[a-',
    '\\\\',
    '../',
    '(',
    ')',
    '+',
    '^',
    '$',
    '|',
    '\ue000',
    '\ue001',
  ],
  async run(text, random) {
    const cut = Math.floor(random() * (text.length + 1));
    const inner = text.slice(cut);
    const git: Record<string, string> = { '/w/.gitignore': text, '/w/src/.gitignore': inner };
    const ignoreCase = random() < 0.5;
    const rulesWith = (own: string | undefined) =>
      createFileRules({
        access: inMemory(own === undefined ? git : { ...git, '/w/.switchyardignore': own }),
        clock: systemClock,
        roots: () => ['/w'],
        excluded: () => [],
        ignoreCase,
      });
    const rules = rulesWith(undefined);
    const softened = rulesWith(inner);
    for (const path of PATHS) {
      const rule = await rules.check(fileRef(path));
      promise(rules.checkNow(fileRef(path)) === rule, `the two checks disagree on ${path}`);
      // One in a few is enough: each builds its folder's matchers anew.
      if (rule === 'git-ignored' && random() < 0.2)
        promise((await softened.check(fileRef(path))) !== undefined, `softened for ${path}`);
    }
    promise(
      (await rules.check(fileRef('/w/src/.env'))) === 'denied-file',
      'an ignore file freed a denied one',
    );
    const folder = await rules.check(fileRef('/w/src'));
    if (folder === 'git-ignored') {
      promise(
        (await rules.check(fileRef('/w/src/a.ts'))) === 'git-ignored',
        'came back from an excluded folder',
      );
    }
    promise(expandBraces(text.slice(0, 200)).length <= 100, 'braces without end');
  },
};

const inMemory = (texts: Readonly<Record<string, string>>): FileAccess => ({
  readText: (path) => Promise.resolve(texts[path]),
  realPath: (path) => Promise.resolve(path),
});
