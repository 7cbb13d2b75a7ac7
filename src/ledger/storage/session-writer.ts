import type { Clock } from '../../base/clock';
import type { Calendar, Day } from '../stats/calendar';
import { errorCode, inFolder, type AppendFile, type LedgerFs } from './ledger-fs';
import { sessionFileName, type Session } from './session';

/** How writing goes. `held` lines are in memory and tried again; `dropped` ones were given up when too many were held. */
export type WriterState =
  | { readonly kind: 'writing' }
  | { readonly kind: 'failing'; readonly code: string; readonly held: number; readonly dropped: number };

export interface SessionWriterOptions {
  readonly fs: LedgerFs;
  readonly folder: string;
  readonly session: Session;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly onState: (state: WriterState) => void;
  /** Lines kept while the disk does not take them. */
  readonly maxHeld: number;
}

const RETRY_MS = 5_000;
const MAX_FILE_BYTES = 8 << 20;
const MAX_WRITE_BYTES = 256 << 10;
/** The most a power cut can take; a killed process loses nothing that was acknowledged. */
const SYNC_MS = 1_000;

interface OpenFile {
  readonly name: string;
  readonly day: Day;
  readonly file: AppendFile;
  /** Bytes up to the end of the last line that was written whole. */
  size: number;
  unsynced: boolean;
}

/**
 * Adds lines to this session's own file, in order, many in one write when they come faster than the disk. A line that
 * could not be written whole is cut off again and tried later.
 */
export class SessionWriter {
  #queue: string[] = [];
  #open: OpenFile | undefined;
  #number = 0;
  #running: Promise<void> | undefined;
  #dropped = 0;
  #cancelRetry: (() => void) | undefined;
  #cancelSync: (() => void) | undefined;
  #state: WriterState = { kind: 'writing' };
  #pause: Promise<unknown> | undefined;
  #pushed = 0;
  /** Lines that are written or given up, of those pushed. */
  #settled = 0;
  #closed = false;

  constructor(private readonly options: SessionWriterOptions) {}

  /** Never waits for the disk and never throws. */
  push(line: string): void {
    this.#queue.push(line);
    this.#pushed += 1;
    if (this.#state.kind === 'failing') {
      const excess = this.#queue.length - this.options.maxHeld;
      if (excess > 0) {
        this.#queue.splice(0, excess);
        this.#dropped += excess;
        this.#settled += excess;
      }
      this.#say(this.#state.code);
    }
    if (this.#cancelRetry === undefined) this.#start();
  }

  /**
   * True once every line pushed so far is with the operating system; false where it would not take them, or where they
   * came after the closing.
   */
  async flush(): Promise<boolean> {
    const target = this.#pushed;
    const dropped = this.#dropped;
    for (let tries = 0; this.#settled < target; tries++) {
      await this.#pause;
      this.#start();
      await this.#running;
      if (this.#closed || (this.#state.kind === 'failing' && tries > 0)) break;
    }
    return this.#settled >= target && this.#dropped === dropped;
  }

  /** Keeps lines back (`unwritten` gives them) while `work` runs, so that what is on disk and what is not stays apart. */
  async whilePaused<T>(work: (unwritten: () => readonly string[]) => Promise<T>): Promise<T> {
    while (this.#pause !== undefined) await this.#pause;
    const paused = this.#workAlone(work).finally(() => {
      this.#pause = undefined;
    });
    // Whoever waits for the pause to end is not the one to hear that the work failed.
    this.#pause = paused.catch(() => undefined);
    try {
      return await paused;
    } finally {
      this.#start();
    }
  }

  /** The next line goes to a new file. */
  async rotate(): Promise<void> {
    await this.#running;
    const open = this.#open;
    this.#open = undefined;
    await open?.file.close();
  }

  async close(): Promise<void> {
    await this.flush();
    this.#closed = true;
    this.#cancelRetry?.();
    this.#cancelSync?.();
    await this.#sync();
    await this.rotate();
  }

  async #workAlone<T>(work: (unwritten: () => readonly string[]) => Promise<T>): Promise<T> {
    await this.#running;
    return work(() => this.#queue);
  }

  #start(): void {
    if (this.#running !== undefined || this.#pause !== undefined || this.#closed || this.#queue.length === 0)
      return;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#running = this.#drain().finally(() => {
      this.#running = undefined;
    });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0 && this.#pause === undefined) {
      const batch = this.#nextBatch();
      try {
        const open = await this.#file();
        const bytes = Buffer.from(batch.join(''));
        // Asked beside the writing: a file deleted under it is as lost as one deleted right after.
        const deleted = this.#isDeleted(open);
        deleted.catch(() => undefined); // heard below, unless the writing fails first
        await open.file.write(bytes);
        if (await deleted) {
          this.#open = undefined;
          await open.file.close();
          this.#queue = [...batch, ...this.#queue];
          continue;
        }
        open.size += bytes.length;
        open.unsynced = true;
        this.#settled += batch.length;
      } catch (error) {
        await this.#cutOff();
        this.#queue = [...batch, ...this.#queue];
        this.#say(errorCode(error));
        if (!this.#closed) this.#cancelRetry = this.options.clock.after(RETRY_MS, () => this.#start());
        return;
      }
      if (this.#state.kind === 'failing') this.#say(undefined);
      this.#syncSoon();
    }
  }

  /** A deleted file takes lines as before, and nobody ever reads them; the next write then begins a new one. */
  async #isDeleted({ name }: OpenFile): Promise<boolean> {
    const { fs, folder } = this.options;
    return (await fs.stat(inFolder(folder, name))) === undefined;
  }

  #nextBatch(): string[] {
    let length = 0;
    let count = 0;
    for (const line of this.#queue) {
      length += line.length;
      if (count > 0 && length > MAX_WRITE_BYTES) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #file(): Promise<OpenFile> {
    const { fs, folder, session, clock, calendar } = this.options;
    const day = calendar.day(clock.now());
    const open = this.#open;
    if (open !== undefined) {
      if (open.day === day && open.size < MAX_FILE_BYTES) return open;
      this.#open = undefined;
      await this.#syncFile(open);
      await open.file.close();
    }
    await fs.makeFolder(folder);
    this.#number += 1;
    const name = sessionFileName(day, session, this.#number);
    const file = await fs.openAppend(inFolder(folder, name));
    this.#open = { name, day, file, size: 0, unsynced: false };
    return this.#open;
  }

  /** Takes a half-written line away again; where even that fails, the file is left and a new one begun. */
  async #cutOff(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    try {
      await open.file.truncate(open.size);
    } catch {
      this.#open = undefined;
      await open.file.close().catch(() => undefined); // nothing is lost by a handle that does not close
    }
  }

  #syncSoon(): void {
    this.#cancelSync ??= this.options.clock.after(SYNC_MS, () => {
      this.#cancelSync = undefined;
      void this.#sync();
    });
  }

  async #sync(): Promise<void> {
    if (this.#open !== undefined) await this.#syncFile(this.#open);
  }

  async #syncFile(open: OpenFile): Promise<void> {
    if (!open.unsynced) return;
    open.unsynced = false;
    try {
      await open.file.sync();
    } catch (error) {
      this.#say(errorCode(error));
    }
  }

  #say(code: string | undefined): void {
    this.#state =
      code === undefined
        ? { kind: 'writing' }
        : { kind: 'failing', code, held: this.#queue.length, dropped: this.#dropped };
    this.options.onState(this.#state);
  }
}
