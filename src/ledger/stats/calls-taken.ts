import { readCallKey, type Cell } from './cell';

/** Sums over the whole calls of one task on one model; routing makes the next estimate from what they really took. */
export interface CallsTaken {
  readonly task: string;
  /** `provider/model`. */
  readonly model: string;
  readonly calls: number;
  readonly outputTokens: number;
  /** What requests of their sizes usually take. */
  readonly usualOutputTokens: number;
  readonly ms: number;
}

export const callsTaken = (cell: Cell): CallsTaken[] =>
  Object.entries(cell.calls)
    .filter(([, sums]) => sums.n > 0)
    .map(([key, { n, output, usual, ms }]) => ({
      ...readCallKey(key),
      calls: n,
      outputTokens: output,
      usualOutputTokens: usual,
      ms,
    }));
