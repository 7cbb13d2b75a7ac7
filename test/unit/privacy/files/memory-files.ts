import type { FileAccess } from '../../../../src/privacy/files/file-access';
import type { Clock } from '../../../../src/base/clock';

/** A disk in memory: text by path, and links by path. Counts what is read. */
export class MemoryFiles implements FileAccess {
  reads = 0;
  readonly unreadable = new Set<string>();

  constructor(
    readonly texts: Record<string, string> = {},
    readonly links: Record<string, string> = {},
  ) {}

  readText(path: string): Promise<string | undefined> {
    this.reads += 1;
    if (this.unreadable.has(path)) return Promise.reject(new Error('EACCES'));
    return Promise.resolve(this.texts[path]);
  }

  realPath(path: string): Promise<string | undefined> {
    for (const [link, target] of Object.entries(this.links)) {
      if (path === link || path.startsWith(`${link}/`))
        return this.realPath(target + path.slice(link.length));
    }
    return Promise.resolve(path);
  }
}

/** Time that stands still until a test moves it. */
export class StandingClock implements Clock {
  ms = 0;
  now = (): number => this.ms;
  monotonic = (): number => this.ms;
  after = (): (() => void) => () => undefined;
}
