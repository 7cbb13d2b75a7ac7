import { linear, sigmoid } from '../../../src/routing/gain/pair-model';

/** Solves a·x = b for a symmetric positive definite `a` (row-major, n × n) by Cholesky; `a` is overwritten. */
export function solveCholesky(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const at = (row: number, column: number): number => a[row * n + column] ?? 0;
  for (let j = 0; j < n; j++) {
    let d = at(j, j);
    for (let k = 0; k < j; k++) d -= at(j, k) ** 2;
    const root = Math.sqrt(Math.max(d, 1e-12));
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      a[i * n + j] = sum / root;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= at(i, k) * (x[k] ?? 0);
    x[i] = sum / at(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= at(k, i) * (x[k] ?? 0);
    x[i] = sum / at(i, i);
  }
  return x;
}

/**
 * Logistic regression with a ridge, by Newton's method. `targets` are chances in 0..1 (means over samples count as
 * they are). `penalties` has one entry per column; the intercept, which comes last in the result, is free.
 * `towards`: the weights the ridge pulls to; 0 where not given.
 */
export function fitLogistic(
  rows: readonly Float64Array[],
  targets: readonly number[],
  penalties: ArrayLike<number>,
  towards: ArrayLike<number> = [],
): number[] {
  const d = penalties.length;
  const n = d + 1;
  const mean = targets.reduce((sum, target) => sum + target, 0) / Math.max(1, targets.length);
  const start = Math.min(0.99, Math.max(0.01, mean));
  const weights = [...Array.from({ length: d }, (_, i) => towards[i] ?? 0), Math.log(start / (1 - start))];
  for (let round = 0; round < 25; round++) {
    const hessian = new Float64Array(n * n);
    const gradient = new Float64Array(n);
    rows.forEach((row, r) => addRow(hessian, gradient, row, targets[r] ?? 0, sigmoid(linear(weights, row))));
    for (let j = 0; j < d; j++) {
      const penalty = penalties[j] ?? 0;
      gradient[j] = (gradient[j] ?? 0) + penalty * ((weights[j] ?? 0) - (towards[j] ?? 0));
      hessian[j * n + j] = (hessian[j * n + j] ?? 0) + penalty;
    }
    hessian[n * n - 1] = (hessian[n * n - 1] ?? 0) + 1e-6;
    const step = solveCholesky(hessian, gradient);
    let largest = 0;
    for (let j = 0; j < n; j++) {
      // Newton can overshoot far from the solution; a weight of standardised values moves by 1 at most.
      const move = Math.max(-1, Math.min(1, step[j] ?? 0));
      weights[j] = (weights[j] ?? 0) - move;
      largest = Math.max(largest, Math.abs(move));
    }
    if (largest < 1e-6) break;
  }
  return weights;
}

/** Adds one row's share to the lower triangle of the Hessian and to the gradient. */
function addRow(
  hessian: Float64Array,
  gradient: Float64Array,
  row: Float64Array,
  target: number,
  p: number,
): void {
  const d = row.length;
  const n = d + 1;
  const weight = Math.max(1e-6, p * (1 - p));
  for (let i = 0; i <= d; i++) {
    const x = i === d ? 1 : (row[i] ?? 0);
    if (x === 0) continue;
    gradient[i] = (gradient[i] ?? 0) + (p - target) * x;
    for (let j = 0; j <= i; j++) {
      const y = j === d ? 1 : (row[j] ?? 0);
      hessian[i * n + j] = (hessian[i * n + j] ?? 0) + weight * x * y;
    }
  }
}
