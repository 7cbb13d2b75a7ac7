import { LedgerView } from '../../../../src/ledger/ledger-view';
import { figuresOf } from '../../../../src/ledger/price-outcome';
import { calendar } from '../../../../src/ledger/stats/calendar';
import { Ranges } from '../../../../src/ledger/stats/ranges';
import { nodeLedgerFs, type LedgerFs } from '../../../../src/ledger/storage/ledger-fs';
import { readLine, writeLine, type LedgerRecord } from '../../../../src/ledger/storage/line';
import { linesFrom } from '../../../../src/ledger/storage/lines';
import {
  attempt,
  completion,
  NOON,
  onCloud,
  outcome,
  price,
  SONNET,
  tokens,
} from '../../../unit/ledger/outcomes';

const recordOf = (made: ReturnType<typeof outcome>): LedgerRecord => ({
  kind: 'entry',
  outcome: made,
  figures: figuresOf(made, price),
});

const whole: readonly LedgerRecord[] = [
  recordOf(onCloud({ requestId: 'f1' })),
  recordOf(completion({ requestId: 'f2', languageId: 'naïve 日本 🚃' })),
  recordOf(
    outcome({
      requestId: 'f3',
      redoOf: 'f2',
      attempts: [attempt(SONNET, tokens(1, 2, { estimated: true }))],
    }),
  ),
  { kind: 'verdict', feedback: { requestId: 'f2', verdict: 'accepted', at: NOON } },
];

/** Ledger files as they should be; mutations start from these. */
export const seeds: readonly Uint8Array[] = [
  Buffer.from(whole.map(writeLine).join('')),
  ...whole.map((record) => Buffer.from(writeLine(record))),
  Buffer.from('{"v":1}\n{"v":2,"t":"entry"}\n\n[]\nnull\n'),
];

export const name = 'ledger-reader';

/** A file system of one file, which gives its bytes in pieces as small as it likes. */
const holding = (bytes: Uint8Array, pieceBytes: number): LedgerFs => ({
  ...nodeLedgerFs,
  read: (_path, from, length) => Promise.resolve(bytes.subarray(from, from + Math.min(length, pieceBytes))),
});

const berlin = calendar('Europe/Berlin');

/**
 * Reads bytes as a ledger file. Throws where a promise of the reader is broken: it throws itself, cuts lines anywhere
 * but at line ends, takes a line that it would not write the same way again, or gives figures that are no numbers.
 */
export async function run(bytes: Uint8Array): Promise<void> {
  const view = new LedgerView(berlin);
  const piece = 1 + (bytes.length % 97);
  const text = Buffer.from(bytes);
  let begin = 0;
  for await (const line of linesFrom(holding(bytes, piece), '', 'file', 0, bytes.length)) {
    const end = text.indexOf(10, begin);
    if (line.end !== end + 1) throw new Error(`a line ends at ${line.end} instead of ${end + 1}`);
    if (line.text !== text.toString('utf8', begin, end)) throw new Error('a line is not what the file holds');
    begin = line.end;
    take(view, line.text);
  }
  if (text.indexOf(10, begin) !== -1) throw new Error('a whole line was not read');
  const { all, today } = new Ranges(() => view.days).stats(berlin.day(NOON), true);
  for (const { spent, baseline, saved } of [all, today]) {
    if (![spent.usd, baseline.usd, saved.usd].every(Number.isFinite)) throw new Error('a sum is no number');
  }
}

function take(view: LedgerView, line: string): void {
  const read = readLine(line);
  if (read.kind === 'damaged' || read.kind === 'newer') return;
  const again = readLine(writeLine(read).trimEnd());
  if (JSON.stringify(again) !== JSON.stringify(read))
    throw new Error('a line changes when it is written again');
  view.apply(read);
}
