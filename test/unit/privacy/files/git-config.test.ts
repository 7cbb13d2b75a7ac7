import { describe, expect, it } from 'vitest';
import { globalIgnoreFile } from '../../../../src/privacy/files/git-config';

const ignoreFile = (files: Record<string, string>, xdgConfigHome?: string): string =>
  globalIgnoreFile({ home: '/home/me', xdgConfigHome, read: (path) => files[path] });

const withConfig = (text: string): string => ignoreFile({ '/home/me/.gitconfig': text });

describe('the ignore file for all repositories', () => {
  it('lies among the settings unless git is told otherwise', () => {
    expect(ignoreFile({})).toBe('/home/me/.config/git/ignore');
    expect(ignoreFile({}, '/xdg')).toBe('/xdg/git/ignore');
    expect(withConfig('[core]\n\teditor = vim\n')).toBe('/home/me/.config/git/ignore');
  });

  it.each([
    '[core]\n\texcludesFile = ~/.gitignore_global\n',
    '[CORE]\r\nEXCLUDESFILE=~/.gitignore_global ; mine\r\n',
    '[core] excludesfile = "~/.gitignore_global" # mine',
    '[core]\nexcludesfile = ~/other\n[user]\nname = a\n[core]\nexcludesfile = /home/me/.gitignore_global\n',
  ])('is where git is told: %j', (config) => expect(withConfig(config)).toBe('/home/me/.gitignore_global'));

  it.each([
    '[user]\nexcludesfile = /a\n',
    '[core "x"]\nexcludesfile = /a\n',
    '[core]\n# excludesfile = /a\n',
  ])('is not told by %j', (config) => expect(withConfig(config)).toBe('/home/me/.config/git/ignore'));

  it('is told by the file in the home folder where both tell', () => {
    const files = { '/home/me/.config/git/config': '[core]\nexcludesfile = /xdg-one\n' };
    expect(ignoreFile(files)).toBe('/xdg-one');
    const both = { ...files, '/home/me/.gitconfig': '[core]\nexcludesfile = /home-one\n' };
    expect(ignoreFile(both)).toBe('/home-one');
  });

  it('may have a path as Windows writes it', () => {
    expect(withConfig('[core]\nexcludesfile = C:\\\\Users\\\\me\\\\ignore\n')).toBe('C:\\Users\\me\\ignore');
  });
});
