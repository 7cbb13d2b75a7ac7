import type { Cell } from './cell';

export interface CalibrationBinStats {
  /** Confidences from here to `to`, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly meanConfidence: number;
  readonly acceptedShare: number;
}

/** Predicted confidence beside what the user made of the answers. */
export interface Calibration {
  readonly bins: readonly CalibrationBinStats[];
  readonly n: number;
  /**
   * Expected calibration error, 0 to 1: the mean gap between confidence and accepted share, weighted by answers
   * (Guo et al., ICML 2017, with ten bins of equal width). Absent with no answers.
   */
  readonly ece?: number;
}

/** Calibration over one task, or all of them. */
export function calibrationOf(cell: Cell, task?: string): Calibration {
  const bins = Array.from({ length: 10 }, (_, i) => ({ i, n: 0, confidence: 0, accepted: 0 }));
  for (const [key, sums] of Object.entries(cell.calibration)) {
    const [ofTask, index] = key.split('/');
    const bin = bins[Number(index)];
    if (bin === undefined || (task !== undefined && task !== ofTask)) continue;
    bin.n += sums.n;
    bin.confidence += sums.confidence;
    bin.accepted += sums.accepted;
  }
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const filled = bins.filter((bin) => bin.n > 0);
  const gap = filled.reduce((sum, bin) => sum + Math.abs(bin.confidence / 1e6 - bin.accepted), 0);
  return {
    bins: filled.map((bin) => ({
      from: bin.i / 10,
      to: (bin.i + 1) / 10,
      n: bin.n,
      meanConfidence: bin.confidence / 1e6 / bin.n,
      acceptedShare: bin.accepted / bin.n,
    })),
    n,
    ...(n === 0 ? {} : { ece: gap / n }),
  };
}
