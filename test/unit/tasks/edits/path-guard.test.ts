import { describe, expect, it } from 'vitest';
import { guardPath, type PathRefusal } from '../../../../src/tasks/edits/path-guard';

const REFUSED: Record<PathRefusal, readonly string[]> = {
  empty: ['', ' ', './'],
  'too-long': ['a/'.repeat(130) + 'b'],
  absolute: ['/etc/passwd', '//server/share/a', '\\\\server\\share\\a', '\\a', 'C:/a', 'c:\\a', 'C:a', '~/a', '~root/a'],
  uri: ['file:///etc/passwd', 'vscode://x/y', 'src/a.ts:stream', 'src/a.ts::$DATA', 'http://x/a', 'command:x', 'untitled:a'],
  parent: ['..', '../a', 'a/../b', 'a/..', 'a/./b', 'a//b', 'a/', '.', './../a', 'a/b/../../../c'],
  'bad-character': [
    'a\0b', 'a\nb', 'a\tb', 'a\u007fb', 'src\\..\\..\\a', 'src\\a.ts', 'a*b', 'a?b', 'a<b', 'a|b', 'a"b', '%2e%2e/a',
    'a%2Fb', 'a%5cb', 'a%00.ts', '%252e%252e/a', 'a\ud800b',
  ],
  'look-alike': [
    'a\u2215b', 'a\u2044b', 'a\uff0fb', 'a\uff3cb', '\uff0e\uff0e/a', '\u2024\u2024/a', '\u2025/a', 'a\u29f8b', '\ufe52./a',
    'a\u200bb.ts', '.v\u200cscode/x', 'a\u202egnp.ts', '\ufeffa', 'a\u00a0b\u2003c', 'a\u2236b', '.git\u034f/config',
    'a\u{e0041}b', '\u2026/a', 'a\u2048b',
  ],
  'reserved-name': [
    'con', 'CON.txt', 'src/aux.ts', 'nul', 'com1', 'LPT9.log', 'com\u00b9.txt', 'src/a.ts.', 'src/a.ts ', 'a /b', '...',
    ' a', 'git~1/config', 'PROGRA~1/a', 'src/conin$',
  ],
  protected: [
    '.git/config', '.git/hooks/pre-commit', '.GIT/config', 'sub/.git/config', '.git', '.vscode/settings.json',
    '.vscode/tasks.json', '.VSCode/launch.json', 'a/.vscode/x', '.devcontainer/devcontainer.json', '.devcontainer.json',
    'my.code-workspace', 'a/b.CODE-WORKSPACE', '.husky/pre-commit', '.githooks/x', 'hooks/pre-commit', 'tasks.json',
    'settings.json', 'a/launch.json', 'keybindings.json', 'mcp.json', '.cursor/mcp.json', '.claude/settings.json',
    '.idea/workspace.xml', '.switchyardignore', 'a/.switchyardignore', '.gitignore', '.gitattributes', '.gitmodules',
    '.npmrc', '.envrc', 'lefthook.yml', 'x.vsix', 'a.desktop', './.git/config', '././.vscode/settings.json',
  ],
  'denied-file': ['.env', 'config/.env.production', 'id_rsa', 'server.pem', 'a.key', 'secrets.yml', '.ssh/config', '.aws/credentials'],
}; // prettier-ignore

describe('a path that a model wrote', () => {
  for (const [why, paths] of Object.entries(REFUSED)) {
    for (const path of paths) {
      it(`is refused as ${why}: ${JSON.stringify(path).slice(0, 60)}`, () => {
        expect(guardPath(path)).toEqual({ ok: false, why });
      });
    }
  }

  const FINE = [
    'a.ts', 'src/a.ts', 'src/deep/er/a.test.ts', 'README.md', 'Makefile', 'app/[id]/page.tsx', 'app/(group)/@slot/a.tsx',
    'src/über/naïve.ts', 'src/日本語.ts', 'a b/c d.ts', 'package.json', 'tsconfig.json', '.github/ISSUE_TEMPLATE/bug.md',
    'src/settings.ts', 'src/hooks/use-cart.ts', 'src/hooks/pre-commit.ts', 'console.ts', 'null.ts', 'com10.ts', '.eslintrc.json',
    'a+b=c,d;e.ts', "it's.ts", 'src/$types.ts', '#a.ts', 'x~.ts', '100%.md',
  ]; // prettier-ignore
  for (const path of FINE) {
    it(`is fine: ${path}`, () => {
      expect(guardPath(path)).toEqual({ ok: true, path });
    });
  }

  it('loses a leading ./ and is written in one Unicode form', () => {
    expect(guardPath('./src/a.ts')).toEqual({ ok: true, path: 'src/a.ts' });
    expect(guardPath('u\u0308ber.ts')).toEqual({ ok: true, path: '\u00fcber.ts' });
  });
});
