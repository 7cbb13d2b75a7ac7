import { toUsd } from '../money';
import { readCallKey, type Cell } from './cell';

/** Sums over the requests of one task on one model. */
export interface EstimateComparison {
  readonly task: string;
  /** `provider/model`. */
  readonly model: string;
  readonly n: number;
  readonly inputTokens: { readonly estimated: number; readonly actual: number };
  readonly outputTokens: { readonly estimated: number; readonly actual: number };
  readonly usd: { readonly estimated: number; readonly actual: number; readonly n: number };
  readonly ms: { readonly estimated: number; readonly actual: number; readonly n: number };
  /** All calls, also those of which no time was estimated. */
  readonly took: { readonly ms: number; readonly n: number };
}

/** Estimate against actual for every task and model of a cell. */
export function compareEstimates(cell: Cell): EstimateComparison[] {
  return Object.entries(cell.estimates)
    .filter(([, sums]) => sums.n > 0)
    .map(([key, sums]) => {
      const taken = cell.calls[key];
      return {
        ...readCallKey(key),
        n: sums.n,
        inputTokens: { estimated: sums.inputEstimated, actual: sums.inputActual },
        outputTokens: { estimated: sums.outputEstimated, actual: sums.outputActual },
        usd: { estimated: toUsd(sums.usdEstimated), actual: toUsd(sums.usdActual), n: sums.usdN },
        ms: { estimated: sums.msEstimated, actual: sums.msActual, n: sums.msN },
        took: { ms: taken?.ms ?? 0, n: taken?.n ?? 0 },
      };
    });
}
