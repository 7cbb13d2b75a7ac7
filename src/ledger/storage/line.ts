import * as z from 'zod';
import type { Feedback, Outcome } from '../../routing/outcome';
import type { Figures } from '../price-outcome';
import { outcomeSchema, usd, verdictSchema } from './outcome-schema';

/** The version written. A line of a higher one is kept where it is and left to whoever wrote it. */
const LINE_VERSION = 1;

/** One line of a ledger file. */
export type LedgerRecord =
  | { readonly kind: 'entry'; readonly outcome: Outcome; readonly figures: Figures }
  | { readonly kind: 'verdict'; readonly feedback: Feedback };

export type ReadLine =
  | LedgerRecord
  /** Well-formed, but not of a kind this version knows. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' };

const priced = z.object({
  spentUsd: usd.exactOptional(),
  cacheSavedUsd: usd.exactOptional(),
  estimated: z.boolean(),
});

const entryLine = z
  .object({
    v: z.literal(LINE_VERSION),
    t: z.literal('entry'),
    outcome: outcomeSchema,
    prices: z.array(priced),
    spentUsd: usd.exactOptional(),
    baselineUsd: usd.exactOptional(),
    baselineEstimated: z.boolean(),
  })
  .refine((line) => line.prices.length === line.outcome.attempts.length);

const verdictLine = z.object({
  v: z.literal(LINE_VERSION),
  t: z.literal('verdict'),
  id: z.string(),
  verdict: verdictSchema,
  at: z.number(),
});

const envelope = z.object({ v: z.number(), t: z.string() });

/** JSON has no NaN: a duration that was measured badly must not make the whole entry unreadable. */
const finite = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? 0 : value;

/** A line with its line end. Unknown amounts are left out, so that reading gives them back as unknown. */
export function writeLine(record: LedgerRecord): string {
  const line: z.input<typeof entryLine> | z.input<typeof verdictLine> =
    record.kind === 'verdict'
      ? {
          v: LINE_VERSION,
          t: 'verdict',
          id: record.feedback.requestId,
          verdict: record.feedback.verdict,
          at: record.feedback.at,
        }
      : ({ v: LINE_VERSION, t: 'entry', outcome: record.outcome, ...record.figures } as z.input<
          typeof entryLine
        >);
  return `${JSON.stringify(line, finite)}\n`;
}

/** Reads one line (without its line end). Never throws, whatever the line holds. */
export function readLine(text: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged' };
  }
  const head = envelope.safeParse(value);
  if (!head.success) return { kind: 'damaged' };
  if (head.data.t === 'verdict') {
    const line = verdictLine.safeParse(value);
    if (!line.success) return { kind: 'newer' };
    return {
      kind: 'verdict',
      feedback: { requestId: line.data.id, verdict: line.data.verdict, at: line.data.at },
    };
  }
  const line = entryLine.safeParse(value);
  if (!line.success) return { kind: 'newer' };
  const { outcome, prices, spentUsd, baselineUsd, baselineEstimated } = line.data;
  return {
    kind: 'entry',
    outcome,
    figures: {
      prices: prices.map((one) => ({
        spentUsd: one.spentUsd,
        cacheSavedUsd: one.cacheSavedUsd,
        estimated: one.estimated,
      })),
      spentUsd,
      baselineUsd,
      baselineEstimated,
    },
  };
}
