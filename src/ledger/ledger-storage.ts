import type { Clock } from '../base/clock';
import { STARTING_HEALTH, writingHealth, type LedgerHealth } from './health';
import { LedgerView } from './ledger-view';
import type { Calendar, Day } from './stats/calendar';
import { ARCHIVE_FOLDER, compact } from './storage/compact';
import { withFolderLock } from './storage/folder-lock';
import { errorCode, inFolder, type LedgerFs } from './storage/ledger-fs';
import { readLine, writeLine, type LedgerRecord } from './storage/line';
import { emptyRollup, newId, readRollup, rollupIdentity, writeRollup, type Rollup } from './storage/rollup';
import { isRunning, type Session } from './storage/session';
import { SessionWriter } from './storage/session-writer';
import { sessionFiles, TailReader } from './storage/session-files';

export interface StorageLimits {
  /** So many of the newest entries are kept one by one in memory and stay open to verdicts. */
  readonly keepOpen: number;
  /** Lines held in memory while the disk takes none. */
  readonly maxHeld: number;
  /** How long rolled-up files stay exportable, in days. */
  readonly retentionDays: number;
  /** How often other windows' files are looked at where the system's own notice fails, in ms. */
  readonly pollMs: number;
}

const DEFAULT_LIMITS: StorageLimits = { keepOpen: 1_000, maxHeld: 10_000, retentionDays: 90, pollMs: 1_000 };
const DAY_MS = 24 * 3_600_000;
/** Many changes at once (a burst of completions) make one look. */
const SETTLE_MS = 50;
const REBUILD_TRIES = 5;
const COMPACT_PAUSE_MS = 2_000;
/** More than this unread, and the files are first rolled up, so that memory stays bounded. In bytes. */
const MUCH_UNREAD = 16 << 20;

export interface LedgerStorageOptions {
  readonly fs: LedgerFs;
  readonly folder: string;
  readonly session: Session;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly limits?: Partial<StorageLimits>;
  /** The view has changed. */
  readonly onChange: () => void;
  readonly onHealth: (health: LedgerHealth) => void;
}

/**
 * The view of all windows' entries, kept in step with the folder. Own records are in the view at once and on disk
 * soon; other windows' records come by reading on in their files; when somebody rolled old entries up, the view is
 * built anew from the sums and what follows them, so that every window shows the same.
 */
export class LedgerStorage {
  readonly loaded: Promise<void>;
  readonly #limits: StorageLimits;
  readonly #writer: SessionWriter;
  #view: LedgerView;
  #tails: TailReader;
  #rollup: Rollup = emptyRollup('first');
  #identity = '';
  #rebuilt = true;
  #day: Day;
  #health: LedgerHealth = STARTING_HEALTH;
  #refreshing: Promise<void> | undefined;
  #compacting: Promise<void> | undefined;
  #compactAfter = 0;
  #cancelPoll: () => void = () => undefined;
  #cancelSettle: (() => void) | undefined;
  #unwatch: () => void = () => undefined;
  #disposed = false;

  constructor(private readonly options: LedgerStorageOptions) {
    const { fs, folder, session, clock, calendar } = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#view = new LedgerView(calendar);
    this.#tails = new TailReader(fs, folder, {});
    this.#day = calendar.day(clock.now());
    this.#writer = new SessionWriter({
      fs,
      folder,
      session,
      clock,
      calendar,
      maxHeld: this.#limits.maxHeld,
      onState: (state) => this.#report({ writing: writingHealth(state) }),
    });
    this.loaded = this.#load();
  }

  get view(): LedgerView {
    return this.#view;
  }

  get fs(): LedgerFs {
    return this.options.fs;
  }

  get folder(): string {
    return this.options.folder;
  }

  /** True once after the view was built anew. */
  takeRebuilt(): boolean {
    const rebuilt = this.#rebuilt;
    this.#rebuilt = false;
    return rebuilt;
  }

  add(record: LedgerRecord): void {
    if (!this.#view.apply(record)) return;
    this.#writer.push(writeLine(record));
    const { keepOpen, maxHeld } = this.#limits;
    // Rolling up has not kept pace: the disk is full, or another window has held the lock for long.
    if (this.#view.openCount > 2 * keepOpen + maxHeld) this.#view.close(keepOpen);
    this.options.onChange();
    this.#compactWhenDue();
  }

  flush(): Promise<boolean> {
    return this.#writer.flush();
  }

  /** Everything other windows had written when this was called is in the view when it resolves. */
  async refresh(): Promise<void> {
    // What is under way may have looked at a file before the caller's neighbour wrote to it.
    await this.#refreshing;
    await (this.#refreshing ??= this.#read().finally(() => {
      this.#refreshing = undefined;
    }));
  }

  async reset(): Promise<boolean> {
    const { fs, folder } = this.options;
    await this.loaded;
    await this.#writer.flush();
    const done = await withFolderLock(fs, folder, async () => {
      const covered: Record<string, number> = {};
      for (const file of await sessionFiles(fs, folder)) {
        const path = inFolder(folder, file.name);
        covered[file.name] = (await fs.stat(path))?.size ?? 0;
      }
      const empty = { ...emptyRollup(newId()), covered, forgotten: covered };
      await writeRollup(fs, folder, empty);
      await fs.remove(inFolder(folder, ARCHIVE_FOLDER));
      for (const file of await sessionFiles(fs, folder)) {
        if (!isRunning(file.pid)) await fs.remove(inFolder(folder, file.name));
      }
      // A second writing also puts an empty ledger in the place of the backup.
      await writeRollup(fs, folder, { ...empty, id: newId() });
    });
    await this.refresh();
    return done !== undefined;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#cancelPoll();
    this.#cancelSettle?.();
    this.#unwatch();
    await this.loaded;
    await this.#compacting;
    await this.#refreshing;
    await this.#writer.close();
  }

  async #load(): Promise<void> {
    const { fs, folder } = this.options;
    try {
      await fs.makeFolder(folder);
      this.#unwatch = fs.watch(folder, () => this.#settle());
    } catch (error) {
      // Reading goes on: the folder may be there and only be closed to writing.
      this.#report({ reading: { kind: 'failing', code: errorCode(error) } });
    }
    await this.#showSums();
    await this.refresh();
    this.#report({ loaded: true });
    this.options.onChange();
    this.#poll();
    // Cuts off torn lines and moves finished files away.
    await this.#compact();
  }

  /** The first figures, in no time: the sums alone. Files that nobody rolled up for long are rolled up before they are read. */
  async #showSums(): Promise<void> {
    const { fs, folder, calendar } = this.options;
    try {
      const read = await readRollup(fs, folder);
      if (read.kind === 'newer') return;
      const unread = await new TailReader(fs, folder, read.rollup.covered).unread();
      if (unread <= MUCH_UNREAD) return;
      const own = this.#view;
      this.#view = new LedgerView(calendar, read.rollup);
      for (const { outcome, ...figures } of own.newest(Infinity, true)) {
        this.#view.apply({ kind: 'entry', outcome, figures });
      }
      this.#rebuilt = true;
      this.options.onChange();
      await this.#compact();
    } catch (error) {
      this.#report({ reading: { kind: 'failing', code: errorCode(error) } });
    }
  }

  #poll(): void {
    if (this.#disposed) return;
    this.#cancelPoll = this.options.clock.after(this.#limits.pollMs, () => {
      void this.refresh().then(() => this.#poll());
    });
  }

  #settle(): void {
    if (this.#disposed) return;
    this.#cancelSettle ??= this.options.clock.after(SETTLE_MS, () => {
      this.#cancelSettle = undefined;
      void this.refresh();
    });
  }

  /** Never rejects: what cannot be read is said in the health, and tried again. */
  async #read(): Promise<void> {
    const { fs, folder, session, calendar, clock } = this.options;
    try {
      let changed = false;
      // Side by side: a list older than a new rollup is not used, and an old rollup's files are read as ever.
      const [identity, files] = await Promise.all([rollupIdentity(fs, folder), sessionFiles(fs, folder)]);
      if (identity !== this.#identity) {
        await this.#rebuild();
        changed = true;
      } else {
        const counts = { damaged: 0, newer: 0 };
        await this.#tails.read(
          files,
          (file) => file.session !== session.id,
          (line) => {
            changed = takeLine(line, this.#view, counts) || changed;
          },
        );
        this.#count(counts);
      }
      const day = calendar.day(clock.now());
      changed ||= day !== this.#day;
      this.#day = day;
      if (this.#health.reading.kind === 'failing') this.#report({ reading: { kind: 'ok' } });
      if (changed) this.options.onChange();
      this.#compactWhenDue();
    } catch (error) {
      this.#report({ reading: { kind: 'failing', code: errorCode(error) } });
    }
  }

  async #rebuild(): Promise<void> {
    const { fs, folder, calendar } = this.options;
    await this.#writer.whilePaused(async (unwritten) => {
      for (let tries = 1; ; tries++) {
        const identity = await rollupIdentity(fs, folder);
        const read = await readRollup(fs, folder);
        const rollup = read.kind === 'ok' ? read.rollup : emptyRollup(this.#rollup.epoch);
        const view = new LedgerView(calendar, rollup);
        const tails = new TailReader(fs, folder, rollup.covered);
        const counts = { damaged: rollup.damaged, newer: rollup.newer.length };
        await tails.read(
          await sessionFiles(fs, folder),
          () => true,
          (line) => takeLine(line, view, counts),
        );
        // Somebody rolled up in between: files may have been moved away unread. The next look sees it too.
        if (tries < REBUILD_TRIES && identity !== (await rollupIdentity(fs, folder))) continue;
        for (const line of unwritten()) takeLine(line, view, counts);
        this.#view = view;
        this.#tails = tails;
        this.#identity = identity;
        this.#rebuilt = true;
        const wasReset = rollup.epoch !== this.#rollup.epoch && this.#health.loaded;
        this.#rollup = rollup;
        this.#report({
          damaged: counts.damaged,
          newer: counts.newer,
          repaired: rollup.repaired,
          rollup: read.kind === 'newer' ? 'newer' : read.restored ? 'restored' : 'ok',
        });
        if (wasReset) await this.#forgetOwnFiles();
        return;
      }
    });
  }

  /** After a reset the old lines of this window are covered; its files can only be deleted by itself. */
  async #forgetOwnFiles(): Promise<void> {
    const { fs, folder, session } = this.options;
    await this.#writer.rotate();
    for (const file of await sessionFiles(fs, folder)) {
      if (file.session === session.id) await fs.remove(inFolder(folder, file.name));
    }
  }

  #compactWhenDue(): void {
    if (this.#compacting !== undefined || this.#disposed) return;
    if (this.#view.openCount <= 2 * this.#limits.keepOpen) return;
    if (this.options.clock.monotonic() < this.#compactAfter) return;
    void this.#compact().then(() => this.refresh());
  }

  #compact(): Promise<void> {
    this.#compacting ??= this.#compactOnce().finally(() => {
      this.#compacting = undefined;
    });
    return this.#compacting;
  }

  /** Rolls old entries up, unless another window is at it. Never rejects. */
  async #compactOnce(): Promise<void> {
    const { fs, folder, calendar, clock } = this.options;
    const { keepOpen, retentionDays } = this.#limits;
    // Where it does not help (another window has the lock, the disk is full), not every entry tries again.
    this.#compactAfter = clock.monotonic() + COMPACT_PAUSE_MS;
    try {
      await this.#writer.flush();
      await withFolderLock(fs, folder, async () => {
        const options = { fs, folder, calendar, keepOpen, retentionMs: retentionDays * DAY_MS };
        for (;;) {
          const result = await compact({ ...options, now: clock.now() });
          if (result.kind === 'newer-rollup' || !result.more) return;
        }
      });
    } catch (error) {
      // The entries stay as they are, in their files and in memory, until rolling up works again.
      this.#report({ rollingUp: { kind: 'failing', code: errorCode(error) } });
      return;
    }
    if (this.#health.rollingUp.kind === 'failing') this.#report({ rollingUp: { kind: 'ok' } });
  }

  #count(counts: { damaged: number; newer: number }): void {
    if (counts.damaged + counts.newer === 0) return;
    this.#report({
      damaged: this.#health.damaged + counts.damaged,
      newer: this.#health.newer + counts.newer,
    });
  }

  #report(change: Partial<LedgerHealth>): void {
    this.#health = { ...this.#health, ...change };
    this.options.onHealth(this.#health);
  }
}

/** True where the line changed the view. */
function takeLine(line: string, view: LedgerView, counts: { damaged: number; newer: number }): boolean {
  const read = readLine(line);
  if (read.kind === 'entry' || read.kind === 'verdict') return view.apply(read);
  counts[read.kind] += 1;
  return false;
}
