import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Cell } from '../stats/cell';
import { inFolder, type LedgerFs } from './ledger-fs';
import { verdictSchema } from './outcome-schema';

const ROLLUP_FILE = 'rollup.json';
const BACKUP_FILE = 'rollup.previous.json';
const VERSION = 1;

const counts = z.record(z.string(), z.number());
const countsOf = <Shape extends Record<string, z.ZodNumber>>(shape: Shape) =>
  z.record(z.string(), z.object(shape));
const n = z.number();

const cellSchema: z.ZodType<Cell> = z.object({
  groups: countsOf({
    requests: n,
    spent: n,
    spentEstimated: n,
    spentUnknown: n,
    baseline: n,
    baselineEstimated: n,
    baselineUnknown: n,
    saved: n,
    savedCompletionsOff: n,
    savedUnknown: n,
    cacheSaved: n,
    cacheSavedUnknown: n,
  }),
  escalations: counts,
  fallbacks: counts,
  latency: z.record(z.string(), counts),
  firstToken: z.record(z.string(), counts),
  tokens: countsOf({ input: n, cacheRead: n, cacheWrite: n, output: n, thinking: n, estimated: n }),
  redactions: counts,
  refusals: counts,
  blocked: counts,
  verdicts: counts,
  estimates: countsOf({
    n,
    inputEstimated: n,
    inputActual: n,
    outputEstimated: n,
    outputActual: n,
    usdN: n,
    usdEstimated: n,
    usdActual: n,
    msN: n,
    msEstimated: n,
    msActual: n,
  }),
  // Not yet kept by books of before.
  calls: countsOf({ n, ms: n, output: n, usual: n }).default({}),
  calibration: countsOf({ n, confidence: n, accepted: n }),
});

const rollupSchema = z.object({
  v: z.literal(VERSION),
  /** Changes with every writing. */
  id: z.string(),
  /** Changes when the user resets the ledger: what was written before no longer counts. */
  epoch: z.string(),
  /** Sums of the lines that are covered; by day, and by month (`2026-03`) once they are older than any view asks for. */
  days: z.record(z.string(), cellSchema),
  /** How far each file is covered, in bytes. Lines before that are in the sums and are not read again. */
  covered: counts,
  /** Where each file's first line after the user's reset begins, in bytes; what is before was forgotten. */
  forgotten: counts,
  /** Verdicts among the covered lines whose entry is not covered yet. */
  pending: z.array(z.object({ requestId: z.string(), verdict: verdictSchema, at: z.number() })),
  /** Covered lines of a newer version, as they came, for the version that can read them. */
  newer: z.array(z.string()),
  entries: n,
  damaged: n,
  repaired: n,
});

/**
 * The sums of old entries. It is the one truth about what is covered: it is replaced whole, and everything else
 * (files moved away, files deleted) follows it and can be done again.
 */
export type Rollup = z.infer<typeof rollupSchema>;

export type RollupRead =
  | { readonly kind: 'ok'; readonly rollup: Rollup; readonly restored: boolean }
  /** Written by a newer version: it can neither be read nor replaced. */
  | { readonly kind: 'newer' };

export const newId = (): string => randomBytes(8).toString('hex');

export const emptyRollup = (epoch: string): Rollup => ({
  v: VERSION,
  id: newId(),
  epoch,
  days: {},
  covered: {},
  forgotten: {},
  pending: [],
  newer: [],
  entries: 0,
  damaged: 0,
  repaired: 0,
});

async function readText(fs: LedgerFs, path: string): Promise<string | undefined> {
  const found = await fs.stat(path);
  if (found === undefined) return undefined;
  const bytes = await fs.read(path, 0, found.size);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}

function parse(text: string): RollupRead | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const version = z.object({ v: z.number() }).safeParse(value);
    if (version.success && version.data.v > VERSION) return { kind: 'newer' };
    const read = rollupSchema.safeParse(value);
    return read.success ? { kind: 'ok', rollup: read.data, restored: false } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the sums. A damaged file is replaced in memory by the one before it, which covers less, so that the lines in
 * between are read again: nothing is lost. No file at all is an empty ledger.
 */
export async function readRollup(fs: LedgerFs, folder: string): Promise<RollupRead> {
  const text = await readText(fs, inFolder(folder, ROLLUP_FILE));
  const current = text === undefined ? undefined : parse(text);
  if (current !== undefined) return current;
  const before = await readText(fs, inFolder(folder, BACKUP_FILE));
  const backup = before === undefined ? undefined : parse(before);
  if (backup?.kind === 'ok') return { ...backup, restored: true };
  return { kind: 'ok', rollup: emptyRollup('first'), restored: text !== undefined };
}

export const writeRollup = (fs: LedgerFs, folder: string, rollup: Rollup): Promise<void> =>
  fs.replace(inFolder(folder, ROLLUP_FILE), JSON.stringify(rollup), inFolder(folder, BACKUP_FILE));

/** Tells one state of the file from another without reading it. */
export const rollupIdentity = async (fs: LedgerFs, folder: string): Promise<string> =>
  (await fs.stat(inFolder(folder, ROLLUP_FILE)))?.identity ?? 'none';
