import type { Ignore } from 'ignore';
import type { Clock } from '../../base/clock';
import type { FileAccess } from './file-access';
import { matcherOf, patternsFromTop } from './ignore-patterns';
import { baseName, foldersBetween, parentOf, relativeTo } from './paths';

/** The ignore files of one folder, as read. */
interface Level {
  readonly exclude: string;
  readonly git: string;
  readonly own: string;
  /** Set where a file exists but could not be read: nothing below can be judged, so nothing below may leave. */
  readonly unreadable: boolean;
}

interface Matcher {
  readonly levels: readonly Level[];
  readonly git: Ignore;
  readonly own: Ignore;
  readonly unreadable: boolean;
}

export type IgnoredBy = 'git-ignored' | 'switchyard-ignored';

const OWN_FILE = '.switchyardignore';
const IGNORE_FILES = new Set(['.gitignore', OWN_FILE, 'exclude', '.git', 'commondir', 'HEAD']);

/**
 * How old a reading may be before an asynchronous check reads again. Watchers report most changes sooner, but not
 * those above the workspace; a check for the cloud happens at human pace, so a few small reads cost nothing.
 */
const FRESH_MS = 2_000;

/**
 * Everything that `.gitignore`, `.git/info/exclude` and `.switchyardignore` say about a tree of folders, read when
 * first asked and kept. `.switchyardignore` is judged apart, so that it can add to git's rules and never soften them.
 */
export class IgnoreTree {
  readonly #levels = new Map<string, { readonly level: Level; readonly readAt: number }>();
  readonly #matchers = new Map<string, Matcher>();
  readonly #tops = new Map<string, { readonly top: string; readonly readAt: number }>();

  constructor(
    private readonly access: FileAccess,
    private readonly clock: Clock,
    private readonly ignoreCase: boolean,
    /** The user's own ignore file for all repositories (git's `core.excludesFile`), if any. */
    private readonly globalIgnoreFile?: string,
  ) {}

  /** Judges a path inside `root`, reading what has not been read lately. */
  async check(root: string, path: string): Promise<IgnoredBy | undefined> {
    const top = await this.#readTop(root);
    const folders = foldersBetween(top, parentOf(path));
    const levels = await Promise.all(folders.map((folder) => this.#readLevel(folder)));
    return this.#judge(top, path, folders, levels);
  }

  /** The same from memory alone; `not-loaded` when some folder has not been read yet. */
  checkNow(root: string, path: string): IgnoredBy | 'not-loaded' | undefined {
    const top = this.#tops.get(root)?.top;
    if (top === undefined) return 'not-loaded';
    const folders = foldersBetween(top, parentOf(path));
    const levels: Level[] = [];
    for (const folder of folders) {
      const known = this.#levels.get(folder);
      if (known === undefined) return 'not-loaded';
      levels.push(known.level);
    }
    return this.#judge(top, path, folders, levels);
  }

  /** A file was written, created or removed. */
  changed(path: string): void {
    if (path === this.globalIgnoreFile) this.clear();
    if (!IGNORE_FILES.has(baseName(path)) && !path.includes('/.git/')) return;
    const inGit = path.indexOf('/.git/');
    this.#levels.delete(inGit < 0 ? parentOf(path) : path.slice(0, inGit) || '/');
    if (path.endsWith('/.git') || inGit >= 0) this.#tops.clear();
  }

  clear(): void {
    this.#levels.clear();
    this.#matchers.clear();
    this.#tops.clear();
  }

  #judge(
    top: string,
    path: string,
    folders: readonly string[],
    levels: readonly Level[],
  ): IgnoredBy | undefined {
    const matcher = this.#matcher(top, folders, levels);
    if (matcher.unreadable) return 'git-ignored';
    const relative = relativeTo(top, path, this.ignoreCase);
    if (relative === undefined || relative === '') return undefined;
    if (matcher.own.ignores(relative)) return 'switchyard-ignored';
    return matcher.git.ignores(relative) ? 'git-ignored' : undefined;
  }

  #matcher(top: string, folders: readonly string[], levels: readonly Level[]): Matcher {
    const key = folders.at(-1) ?? top;
    const known = this.#matchers.get(key);
    if (known?.levels.length === levels.length && known.levels.every((level, i) => level === levels[i])) {
      return known;
    }
    const made = this.#makeMatcher(top, folders, levels);
    this.#matchers.set(key, made);
    return made;
  }

  #makeMatcher(top: string, folders: readonly string[], levels: readonly Level[]): Matcher {
    const patterns = (pick: (level: Level) => string): string[] =>
      levels.flatMap((level, i) =>
        patternsFromTop(pick(level), relativeTo(top, folders[i] ?? top, false) ?? ''),
      );
    try {
      return {
        levels,
        // Git's order of strength: the exclude files first, then each `.gitignore` from the top down.
        git: matcherOf([...patterns((l) => l.exclude), ...patterns((l) => l.git)], this.ignoreCase),
        own: matcherOf(
          patterns((l) => l.own),
          this.ignoreCase,
        ),
        unreadable: levels.some((level) => level.unreadable),
      };
    } catch {
      // A pattern the matcher cannot take: what it would have hidden is unknown.
      return { levels, git: matcherOf([], false), own: matcherOf([], false), unreadable: true };
    }
  }

  #fresh(readAt: number): boolean {
    return this.clock.monotonic() - readAt < FRESH_MS;
  }

  /** The repository's top folder, which may lie above the workspace; the workspace's own where there is none. */
  async #readTop(root: string): Promise<string> {
    const known = this.#tops.get(root);
    if (known !== undefined && this.#fresh(known.readAt)) return known.top;
    let top = root;
    for (let folder = root; ; folder = parentOf(folder)) {
      if ((await this.#gitFolder(folder)) !== undefined) {
        top = folder;
        break;
      }
      if (folder === '/') break;
    }
    this.#tops.set(root, { top, readAt: this.clock.monotonic() });
    return top;
  }

  /** Where git keeps this folder's shared files: `.git`, or what the file `.git` of a worktree or submodule names. */
  async #gitFolder(folder: string): Promise<string | undefined> {
    const base = folder === '/' ? '' : folder;
    try {
      if ((await this.access.readText(`${base}/.git/HEAD`)) !== undefined) return `${base}/.git`;
      const link = /^gitdir: (.+?)\s*$/m.exec((await this.access.readText(`${base}/.git`)) ?? '')?.[1];
      if (link === undefined) return undefined;
      const own = resolve(base, link);
      const common = (await this.access.readText(`${own}/commondir`))?.trim();
      return common === undefined ? own : resolve(own, common);
    } catch {
      return undefined;
    }
  }

  async #readLevel(folder: string): Promise<Level> {
    const known = this.#levels.get(folder);
    if (known !== undefined && this.#fresh(known.readAt)) return known.level;
    const read = await this.#readFolder(folder);
    const same =
      known !== undefined &&
      known.level.git === read.git &&
      known.level.own === read.own &&
      known.level.exclude === read.exclude &&
      known.level.unreadable === read.unreadable;
    const level = same ? known.level : read;
    this.#levels.set(folder, { level, readAt: this.clock.monotonic() });
    return level;
  }

  async #readFolder(folder: string): Promise<Level> {
    const base = folder === '/' ? '' : folder;
    try {
      const git = await this.#gitFolder(folder);
      const [ignoreFile, own, exclude, global] = await Promise.all([
        this.access.readText(`${base}/.gitignore`),
        this.access.readText(`${base}/${OWN_FILE}`),
        git === undefined ? undefined : this.access.readText(`${git}/info/exclude`),
        git === undefined || this.globalIgnoreFile === undefined
          ? undefined
          : this.access.readText(this.globalIgnoreFile),
      ]);
      return {
        exclude: `${global ?? ''}\n${exclude ?? ''}`,
        git: ignoreFile ?? '',
        own: own ?? '',
        unreadable: false,
      };
    } catch {
      return { exclude: '', git: '', own: '', unreadable: true };
    }
  }
}

function resolve(from: string, link: string): string {
  const target = link.replaceAll('\\', '/');
  if (target.startsWith('/')) return target;
  if (/^[A-Za-z]:\//.test(target)) return `/${target}`;
  const names = from.split('/');
  for (const name of target.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}
