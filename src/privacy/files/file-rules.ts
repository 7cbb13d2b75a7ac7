import { LRUCache } from 'lru-cache';
import type { Clock } from '../../base/clock';
import { oneLine } from '../../base/one-line';
import type { BlockRule } from '../report';
import { isDeniedFile } from './deny-list';
import type { FileAccess } from './file-access';
import type { FileRef } from './file-ref';
import { IgnoreTree } from './ignore-tree';
import { baseName, normalisePath, parentOf, relativeTo } from './paths';
import { settingsMatcher } from './settings-globs';

export interface FileRulesOptions {
  readonly access: FileAccess;
  readonly clock: Clock;
  /** The workspace folders' URI paths; asked again on each check. */
  readonly roots: () => readonly string[];
  /** What stands in front of the names of a folder's files, where there are several folders. */
  readonly label?: (root: string) => string | undefined;
  /** Folders and globs from settings that never go to a cloud; asked again on each check. */
  readonly excluded: () => readonly string[];
  /** As the file system compares names: true on Windows and macOS. */
  readonly ignoreCase: boolean;
  /** The user's home folder, for `~/` in settings. */
  readonly home?: string;
  /** Git's `core.excludesFile`, usually `~/.config/git/ignore`. */
  readonly globalIgnoreFile?: string;
}

/** Which files may go to a cloud. A local model may see them all. */
export interface FileRules {
  /** The rule that keeps this file here; undefined when it may leave. Reads what it needs; fails closed. */
  check(file: FileRef): Promise<BlockRule | undefined>;
  /**
   * The same without waiting, for paths that cannot: `not-loaded` means "treat as blocked"; the rules are then
   * being read, and the next call knows.
   */
  checkNow(file: FileRef): BlockRule | 'not-loaded' | undefined;
  /** To be called for each file that was created, changed or removed; without a path, forgets everything. */
  changed(path?: string): void;
  /** The file's name as it may stand in a report, on one line: relative to the workspace, or its last name alone. */
  display(file: FileRef): string;
}

/** A path, and where it really leads once its symlinks are followed. */
interface Place {
  readonly path: string;
  /** The workspace folder it lies in; the file's own folder for one picked by hand outside of all. */
  readonly root: string;
  readonly real: string;
  /** The workspace folder it really lies in, its own symlinks followed; undefined when the path leads out. */
  readonly realRoot: string | undefined;
}

class WorkspaceFileRules implements FileRules {
  readonly #tree: IgnoreTree;
  /** Where paths really lead, for `checkNow`; an asynchronous check always looks anew. */
  readonly #real = new LRUCache<string, string>({ max: 5_000 });
  #globs: { readonly key: string; readonly matches: ReturnType<typeof settingsMatcher> } | undefined;

  constructor(private readonly options: FileRulesOptions) {
    const { access, clock, ignoreCase, globalIgnoreFile } = options;
    this.#tree = new IgnoreTree(access, clock, ignoreCase, globalIgnoreFile);
  }

  async check(file: FileRef): Promise<BlockRule | undefined> {
    const early = this.#judgeName(file);
    if (early !== 'look') return early;
    const path = pathOf(file);
    try {
      const real = await this.#realPaths(path);
      for (const [at, to] of real) this.#real.set(at, to);
      const place = this.#place(path, (at) => real.get(at));
      if (place === undefined) return 'symlink-leads-out';
      const rule = this.#judgePlace(place) ?? (await this.#tree.check(place.root, path));
      if (rule !== undefined || place.real === path || place.realRoot === undefined) return rule;
      return await this.#tree.check(place.realRoot, place.real);
    } catch {
      // A loop of links, a folder that may not be read: where the file leads is unknown.
      return 'symlink-leads-out';
    }
  }

  checkNow(file: FileRef): BlockRule | 'not-loaded' | undefined {
    const early = this.#judgeName(file);
    if (early !== 'look') return early;
    const path = pathOf(file);
    const place = this.#place(path, (at) => this.#real.get(at));
    if (place === undefined) return this.#load(file);
    const rule = this.#judgePlace(place) ?? this.#tree.checkNow(place.root, path);
    if (rule === 'not-loaded') return this.#load(file);
    if (rule !== undefined || place.real === path || place.realRoot === undefined) return rule;
    const behind = this.#tree.checkNow(place.realRoot, place.real);
    return behind === 'not-loaded' ? this.#load(file) : behind;
  }

  changed(path?: string): void {
    this.#real.clear();
    if (path === undefined) this.#tree.clear();
    else this.#tree.changed(normalisePath(path));
  }

  display(file: FileRef): string {
    const path = pathOf(file);
    const root = file.kind === 'file' ? this.#rootOf(path) : undefined;
    const inRoot = root === undefined ? undefined : relativeTo(root, path, this.options.ignoreCase);
    if (root === undefined || inRoot === undefined) return oneLine(baseName(path));
    const label = this.options.label?.(root);
    return oneLine(label === undefined ? inRoot : `${label}/${inRoot}`);
  }

  #load(file: FileRef): 'not-loaded' {
    void this.check(file);
    return 'not-loaded';
  }

  /** What the name alone decides. */
  #judgeName(file: FileRef): BlockRule | 'look' | undefined {
    const path = pathOf(file);
    if (isDeniedFile(path)) return 'denied-file';
    if (file.kind === 'untitled') return undefined;
    return this.#rootOf(path) === undefined && file.picked !== true ? 'outside-workspace' : 'look';
  }

  /** Undefined while some real path is not known. */
  #place(path: string, realOf: (at: string) => string | undefined): Place | undefined {
    const root = this.#rootOf(path);
    const real = realOf(path);
    if (real === undefined) return undefined;
    if (root === undefined) {
      return { path, root: parentOf(path), real, realRoot: parentOf(real) };
    }
    const realRoots: string[] = [];
    for (const folder of this.options.roots()) {
      const realFolder = realOf(normalisePath(folder));
      if (realFolder === undefined) return undefined;
      realRoots.push(realFolder);
    }
    return { path, root, real, realRoot: deepest(realRoots, real, this.options.ignoreCase) };
  }

  #judgePlace(place: Place): BlockRule | undefined {
    const { ignoreCase } = this.options;
    if (place.real !== place.path && isDeniedFile(place.real)) return 'denied-file';
    if (place.realRoot === undefined) return 'symlink-leads-out';
    const matches = this.#excluded();
    return matches(place.path, relativeTo(place.root, place.path, ignoreCase)) ||
      matches(place.real, relativeTo(place.realRoot, place.real, ignoreCase))
      ? 'settings-excluded'
      : undefined;
  }

  #excluded(): ReturnType<typeof settingsMatcher> {
    const globs = this.options.excluded();
    const key = globs.join('\n');
    if (this.#globs?.key !== key) this.#globs = { key, matches: settingsMatcher(globs, this.options.home) };
    return this.#globs.matches;
  }

  #rootOf(path: string): string | undefined {
    return deepest(this.options.roots().map(normalisePath), path, this.options.ignoreCase);
  }

  /** Where a path and the workspace folders lead. */
  async #realPaths(path: string): Promise<ReadonlyMap<string, string>> {
    const real = await this.#realPath(path);
    const lead = async (root: string): Promise<[string, string]> => {
      // Where no link lies on the way to the file, none lies on the way to a folder it is in.
      const isStraight = real === path && relativeTo(root, path, false) !== undefined;
      return [root, isStraight ? root : await this.#realPath(root)];
    };
    const roots = await Promise.all(this.options.roots().map(normalisePath).map(lead));
    return new Map([[path, real], ...roots]);
  }

  /** A file that does not exist yet leads where its nearest existing folder leads. */
  async #realPath(path: string): Promise<string> {
    const missing: string[] = [];
    for (let at = path; ; at = parentOf(at)) {
      const real = await this.options.access.realPath(at);
      if (real !== undefined) return normalisePath([real, ...missing.reverse()].join('/'));
      if (at === '/') return path;
      missing.push(baseName(at));
    }
  }
}

/** The deepest of the folders that holds the path. */
function deepest(folders: readonly string[], path: string, ignoreCase: boolean): string | undefined {
  return folders
    .filter((folder) => relativeTo(folder, path, ignoreCase) !== undefined)
    .sort((a, b) => b.length - a.length)[0];
}

function pathOf(file: FileRef): string {
  return normalisePath(file.kind === 'file' ? file.path : `/${file.name}`);
}

export const createFileRules = (options: FileRulesOptions): FileRules => new WorkspaceFileRules(options);
