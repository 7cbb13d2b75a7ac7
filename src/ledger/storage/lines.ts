import { inFolder, type LedgerFs } from './ledger-fs';

const CHUNK_BYTES = 1 << 20;
const LINE_END = 10;

/** A line longer than this is no entry of ours: it is passed over without being held in memory. In bytes. */
export const LONGEST_LINE = 4 << 20;

export interface Line {
  readonly text: string;
  /** Where the next line begins, in bytes from the start of the file. */
  readonly end: number;
  /** Set for a line too long to be read; its text is empty. */
  readonly tooLong?: true;
}

/** Whole lines of a file from a byte offset on. What follows the last line end is left for the next time. */
export async function* linesFrom(
  fs: LedgerFs,
  folder: string,
  name: string,
  from: number,
  to: number,
): AsyncGenerator<Line> {
  const path = inFolder(folder, name);
  let held = Buffer.alloc(0);
  let skipping = false;
  let position = from;
  while (position < to) {
    const chunk = await fs.read(path, position, Math.min(CHUNK_BYTES, to - position));
    if (chunk === undefined || chunk.length === 0) return;
    const bytes = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    const base = position - held.length;
    position += chunk.length;
    let start = 0;
    for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, start)) {
      if (skipping) yield { text: '', end: base + end + 1, tooLong: true };
      else yield { text: bytes.toString('utf8', start, end), end: base + end + 1 };
      skipping = false;
      start = end + 1;
    }
    held = bytes.subarray(start);
    if (held.length > LONGEST_LINE) skipping = true;
    if (skipping) held = Buffer.alloc(0);
  }
}
