import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine, writeLine } from '../../../src/ledger/storage/line';
import { linesFrom, LONGEST_LINE } from '../../../src/ledger/storage/lines';
import { nodeLedgerFs, type LedgerFs } from '../../../src/ledger/storage/ledger-fs';
import { figuresOf } from '../../../src/ledger/price-outcome';
import { run, seeds } from '../../bench/fuzz/targets/ledger-reader';
import { onCloud, outcome, price, tokens, attempt, SONNET } from './outcomes';

/** Bytes changed, cut out and doubled at random places. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(
      fc.record({
        at: fc.nat(),
        kind: fc.constantFrom('set', 'cut', 'double'),
        byte: fc.nat(255),
        length: fc.nat(64),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([seed, changes]) => {
    let bytes = Buffer.from(seed);
    for (const { at, kind, byte, length } of changes) {
      const from = bytes.length === 0 ? 0 : at % bytes.length;
      if (kind === 'set' && bytes.length > 0) bytes[from] = byte;
      if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]);
      if (kind === 'double') bytes = Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)]);
    }
    return bytes;
  });

describe('the reader of ledger files', () => {
  it('reads whole files as they were written', async () => {
    for (const seed of seeds) await expect(run(seed)).resolves.toBeUndefined();
  });

  it('never throws and never invents a line, whatever the bytes', async () => {
    await fc.assert(fc.asyncProperty(mutated, run), { numRuns: 500 });
  });

  it('passes over a line that is too long without holding it', async () => {
    const long = 3 * LONGEST_LINE;
    const fs: LedgerFs = {
      ...nodeLedgerFs,
      read: (_path, from, length) =>
        Promise.resolve(
          from >= long
            ? Buffer.from('\nx\n').subarray(from - long, from - long + length)
            : Buffer.alloc(Math.min(length, long - from), 'a'),
        ),
    };
    const lines: string[] = [];
    for await (const { text } of linesFrom(fs, '', 'file', 0, long + 3)) lines.push(text);
    expect(lines).toEqual(['', 'x']);
  });

  it('keeps an entry readable that holds a duration which is no number', () => {
    const odd = onCloud({ attempts: [attempt(SONNET, tokens(1, 1), { timings: { totalMs: Number.NaN } })] });
    const line = writeLine({ kind: 'entry', outcome: odd, figures: figuresOf(odd, price) });
    expect(readLine(line.trimEnd()).kind).toBe('entry');
  });

  it('gives back what of a belief may be shown', () => {
    const belief = { shown: 'probability', probability: 0.78, by: 'own', words: ['all agree'] } as const;
    const sure = onCloud({ attempts: [attempt(SONNET, tokens(1, 1), { confidence: 0.62, belief })] });
    const line = writeLine({ kind: 'entry', outcome: sure, figures: figuresOf(sure, price) });
    expect(readLine(line.trimEnd())).toMatchObject({ outcome: { attempts: [{ belief }] } });
  });

  it('takes a price that is no number for unknown', () => {
    const broken = figuresOf(onCloud(), () => ({ usd: Number.NaN, usdWithoutCache: 1 }));
    expect(broken.spentUsd).toBeUndefined();
  });

  it.each([
    ['no JSON', '{"v":1,', 'damaged'],
    ['no ledger line', '[1,2]', 'damaged'],
    ['a line of the next version', '{"v":2,"t":"entry"}', 'newer'],
    ['a kind it does not know', '{"v":1,"t":"note","text":"x"}', 'newer'],
  ])('tells %s', (_what, line, kind) => {
    expect(readLine(line).kind).toBe(kind);
  });

  it('does not take a time without a calendar day', () => {
    const line = writeLine({
      kind: 'entry',
      outcome: { ...outcome(), at: 1e300 },
      figures: figuresOf(outcome(), price),
    });
    expect(readLine(line.trimEnd()).kind).toBe('newer');
  });
});
