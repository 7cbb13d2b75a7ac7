/** What of git's own settings is needed to find the user's ignore file. All as the system writes paths. */
export interface GitHome {
  readonly home: string;
  /** `XDG_CONFIG_HOME`, where it is set. */
  readonly xdgConfigHome?: string | undefined;
  /** Text of a small file; undefined when there is none, or it cannot be read. */
  readonly read: (path: string) => string | undefined;
}

/**
 * Git's `core.excludesFile`, as gitignore(5) and git-config(1) have it: from the user's two files of settings, the
 * one in the home folder last and so strongest; by default `git/ignore` among the settings. Settings that other files
 * include, and paths through another user's home, are not followed.
 */
export function globalIgnoreFile({ home, xdgConfigHome, read }: GitHome): string {
  const settings = xdgConfigHome === undefined || xdgConfigHome === '' ? `${home}/.config` : xdgConfigHome;
  const set =
    excludesFile(read(`${home}/.gitconfig`) ?? '') ?? excludesFile(read(`${settings}/git/config`) ?? '');
  if (set === undefined || set === '') return `${settings}/git/ignore`;
  return set.startsWith('~/') ? `${home}/${set.slice(2)}` : set;
}

/** The value in one file of settings; the last one counts. */
function excludesFile(config: string): string | undefined {
  let inCore = false;
  let found: string | undefined;
  for (const line of config.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const section = /^\s*\[\s*([^\]]*?)\s*\]\s*(.*)$/.exec(line);
    if (section !== null) inCore = section[1]?.toLowerCase() === 'core';
    const value = /^\s*excludesfile\s*=\s*(.*)$/i.exec(section?.[2] ?? line)?.[1];
    if (inCore && value !== undefined) found = valueOf(value);
  }
  return found;
}

/** Without quotes, escapes and a comment behind it. */
function valueOf(written: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(written)?.[1];
  const plain = quoted ?? written.replace(/\s*[#;].*$/, '').trimEnd();
  return plain.replace(/\\(.)/g, '$1');
}
