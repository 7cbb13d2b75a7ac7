import { toUsd } from '../money';
import type { Cell, EstimateSums } from './cell';

/** How far estimates were off, as factors to multiply the next estimate with; 1 where nothing is known. */
export interface Correction {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  readonly ms: number;
  /** Requests it rests on. */
  readonly n: number;
}

export interface EstimateComparison {
  readonly task: string;
  /** `provider/model`. */
  readonly model: string;
  readonly n: number;
  readonly inputTokens: { readonly estimated: number; readonly actual: number };
  readonly outputTokens: { readonly estimated: number; readonly actual: number };
  readonly usd: { readonly estimated: number; readonly actual: number; readonly n: number };
  readonly ms: { readonly estimated: number; readonly actual: number; readonly n: number };
  readonly correction: Correction;
}

/** As many requests at factor 1 are mixed in, so that one odd request does not swing the next estimate. */
const PRIOR = 5;
const LOWEST = 0.25;
const HIGHEST = 4;

/** Ratio of sums, drawn towards 1 while there is little to go by: (actual + k·mean) / (estimated + k·mean). */
function factor(estimated: number, actual: number, n: number): number {
  if (n <= 0 || estimated <= 0) return 1;
  const prior = (PRIOR * estimated) / n;
  return Math.min(HIGHEST, Math.max(LOWEST, (actual + prior) / (estimated + prior)));
}

export const NO_CORRECTION: Correction = { inputTokens: 1, outputTokens: 1, usd: 1, ms: 1, n: 0 };

export const correctionOf = (sums: EstimateSums): Correction => ({
  inputTokens: factor(sums.inputEstimated, sums.inputActual, sums.n),
  outputTokens: factor(sums.outputEstimated, sums.outputActual, sums.n),
  usd: factor(sums.usdEstimated, sums.usdActual, sums.usdN),
  ms: factor(sums.msEstimated, sums.msActual, sums.msN),
  n: sums.n,
});

/** Estimate against actual for every task and model of a cell. */
export function compareEstimates(cell: Cell): EstimateComparison[] {
  return Object.entries(cell.estimates)
    .filter(([, sums]) => sums.n > 0)
    .map(([key, sums]) => {
      const space = key.indexOf(' ');
      return {
        task: key.slice(0, space),
        model: key.slice(space + 1),
        n: sums.n,
        inputTokens: { estimated: sums.inputEstimated, actual: sums.inputActual },
        outputTokens: { estimated: sums.outputEstimated, actual: sums.outputActual },
        usd: { estimated: toUsd(sums.usdEstimated), actual: toUsd(sums.usdActual), n: sums.usdN },
        ms: { estimated: sums.msEstimated, actual: sums.msActual, n: sums.msN },
        correction: correctionOf(sums),
      };
    });
}
