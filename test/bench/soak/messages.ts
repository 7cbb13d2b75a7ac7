import type { Bill } from '../../../src/ledger';

/** What a window counted of itself. */
export interface WindowCounts {
  readonly outcomes: number;
  /** Requests that had a second outcome. */
  readonly outcomesTwice: number;
  readonly unhandled: number;
  /** By what became of it: `answered by cloud`, `failed: timeout`, … */
  readonly results: Readonly<Record<string, number>>;
}

/** The figures a window shows its user. */
export interface WindowFigures extends Bill {
  readonly requests: number;
  readonly savedUsd: number;
}

/** From a window to the soak. */
export type FromWindow =
  | {
      /** Requests given up by the user, by a newer completion or by the offline switch, with when (ms since 1970). */
      readonly type: 'cancelled';
      readonly requests: readonly { readonly id: string; readonly at: number }[];
    }
  | { readonly type: 'progress'; readonly ended: number }
  /** Every request has ended. */
  | {
      readonly type: 'ended';
      readonly counts: WindowCounts;
      /** Heap at the end over heap after the first tenth. */
      readonly heapGrowth: number;
      readonly heapBytes: number;
    }
  /** All it wrote is on disk. */
  | { readonly type: 'flushed'; readonly flushed: boolean }
  /** It has read what the others wrote, and shows this. */
  | { readonly type: 'figures'; readonly figures: WindowFigures }
  /** It was closed; what is still there of timers, sockets, watchers and listeners, by name. */
  | { readonly type: 'closed'; readonly left: readonly string[]; readonly unhandled: number };

/** From the soak to its windows, each when all have done the step before. */
export type ToWindow = { readonly type: 'flush' | 'refresh' | 'close' };
