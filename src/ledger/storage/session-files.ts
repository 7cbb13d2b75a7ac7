import { inFolder, type LedgerFs } from './ledger-fs';
import { linesFrom } from './lines';
import { readLine, type LedgerRecord } from './line';
import { isRunning, parseSessionFileName, type SessionFileName } from './session';

/** Gives the event loop a turn: typing must not wait for a long file. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const LINES_AT_A_TIME = 200;

/** The session files in a folder, oldest day first. */
export async function sessionFiles(fs: LedgerFs, folder: string): Promise<SessionFileName[]> {
  const names = (await fs.list(folder)).map(parseSessionFileName);
  return names
    .filter((name) => name !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

export interface PlacedLine {
  readonly record: LedgerRecord | undefined;
  /** The text of a line this version does not know. */
  readonly newer: string | undefined;
  /** Where the next line begins. */
  readonly end: number;
}

/** Reads the whole lines of a file from an offset on; those that hold no record come with none. */
export async function* recordsFrom(
  fs: LedgerFs,
  folder: string,
  name: string,
  from: number,
  to: number,
): AsyncGenerator<PlacedLine> {
  let count = 0;
  for await (const { text, end } of linesFrom(fs, folder, name, from, to)) {
    const read = readLine(text);
    if (read.kind === 'damaged') yield { record: undefined, newer: undefined, end };
    else if (read.kind === 'newer') yield { record: undefined, newer: text, end };
    else yield { record: read, newer: undefined, end };
    count += 1;
    if (count % LINES_AT_A_TIME === 0) await breathe();
  }
}

/** Remembers how far each file was read and reads on from there. */
export class TailReader {
  readonly #offsets: Map<string, number>;
  /** Files read to the end whose writer is gone: they need no looking at again. */
  readonly #finished = new Set<string>();

  constructor(
    private readonly fs: LedgerFs,
    private readonly folder: string,
    covered: Readonly<Record<string, number>> = {},
  ) {
    this.#offsets = new Map(Object.entries(covered));
  }

  /** Hands over each whole line that is new in those of `files` (as `sessionFiles` lists them) that `wanted` picks. */
  async read(
    files: readonly SessionFileName[],
    wanted: (file: SessionFileName) => boolean,
    take: (line: string, file: SessionFileName) => void,
  ): Promise<void> {
    const open = files.filter((file) => !this.#finished.has(file.name) && wanted(file));
    for (const { file, running, size } of await Promise.all(open.map((file) => this.#look(file)))) {
      const from = this.#offsets.get(file.name) ?? 0;
      let count = 0;
      if (size > from) {
        for await (const line of linesFrom(this.fs, this.folder, file.name, from, size)) {
          this.#offsets.set(file.name, line.end);
          take(line.text, file);
          count += 1;
          if (count % LINES_AT_A_TIME === 0) await breathe();
        }
      }
      if (!running) this.#finished.add(file.name);
    }
  }

  async #look(file: SessionFileName): Promise<{ file: SessionFileName; running: boolean; size: number }> {
    // Asked before the size: a writer that is gone by then has written all it ever will.
    const running = isRunning(file.pid);
    const size = (await this.fs.stat(inFolder(this.folder, file.name)))?.size ?? 0;
    return { file, running, size };
  }

  /** Bytes not read yet. */
  async unread(): Promise<number> {
    let bytes = 0;
    for (const { name } of await sessionFiles(this.fs, this.folder)) {
      const size = (await this.fs.stat(inFolder(this.folder, name)))?.size ?? 0;
      bytes += Math.max(0, size - (this.#offsets.get(name) ?? 0));
    }
    return bytes;
  }
}

const LINE_END = 10;
const BLOCK_BYTES = 64 << 10;

/** Where the last whole line of a file ends, in bytes; 0 where there is none. */
async function lastLineEnd(fs: LedgerFs, path: string, size: number): Promise<number> {
  for (let end = size; end > 0; end -= BLOCK_BYTES) {
    const from = Math.max(0, end - BLOCK_BYTES);
    const block = await fs.read(path, from, end - from);
    const index = block === undefined ? -1 : Buffer.from(block).lastIndexOf(LINE_END);
    if (index !== -1) return from + index + 1;
  }
  return 0;
}

/**
 * Cuts the torn last line off a file whose writer was killed in the middle of it; true where there was one. Such a
 * line was never acknowledged. A file whose writer still runs is let be.
 */
export async function repairTornEnd(fs: LedgerFs, folder: string, file: SessionFileName): Promise<boolean> {
  if (isRunning(file.pid)) return false;
  const path = inFolder(folder, file.name);
  const size = (await fs.stat(path))?.size ?? 0;
  const end = await lastLineEnd(fs, path, size);
  if (end === size) return false;
  await fs.truncate(path, end);
  return true;
}
