import { describe, expect, test } from 'vitest';
import { apgr, calibrationError, cpt, pgrCurve, sentAt, thresholdFor } from '../../bench/routing/metrics';
import { fitLogistic } from '../../bench/routing/logistic';
import { risingMap } from '../../bench/routing/fit-measured';
import { foldOfGroup, seeded } from '../../bench/routing/random';

const item = (
  small: number,
  large: number,
  score: number,
): { small: number; large: number; score: number } => ({
  small,
  large,
  score,
});

describe('the routing metrics', () => {
  test('a router that knows nothing has an APGR of one half, whatever the order of the items', () => {
    const items = [item(0, 1, 0), item(1, 1, 0), item(0, 0, 0), item(0, 1, 0)];
    expect(apgr(pgrCurve(items))).toBeCloseTo(0.5);
    expect(apgr(pgrCurve([...items].reverse()))).toBeCloseTo(0.5);
  });

  test('an order that sends what gains first beats it, by the area worked out by hand', () => {
    const curve = pgrCurve([item(0, 1, 2), item(1, 1, 1)]);
    expect(curve.pgr).toEqual([0, 1, 1]);
    expect(apgr(curve)).toBeCloseTo(0.75);
    expect(cpt(curve, 0.8)).toBeCloseTo(0.5);
  });

  test('the threshold for a quality sends no more than it takes, and splits ties', () => {
    const items = [item(0, 1, 1), item(0, 1, 1), item(1, 1, 0), item(1, 1, 0)];
    const half = thresholdFor(items, 0.75);
    expect(half).toEqual({ score: 1, shareAt: 0.5 });
    expect([sentAt(half, 2), sentAt(half, 1), sentAt(half, 0)]).toEqual([1, 0.5, 0]);
  });

  test('calibration error is the distance between what was said and what came', () => {
    expect(calibrationError([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0])).toBeCloseTo(0);
    expect(calibrationError([0.95, 0.95], [0, 0])).toBeCloseTo(0.95);
  });
});

describe('fitting', () => {
  test('finds the slope that made the data', () => {
    const random = seeded(3);
    const rows = Array.from({ length: 4000 }, () => Float64Array.of(2 * random() - 1));
    const targets = rows.map(([x = 0]) => 1 / (1 + Math.exp(-(2 * x + 0.5))));
    const [slope, intercept] = fitLogistic(rows, targets, [1e-6]);
    expect(slope).toBeCloseTo(2, 3);
    expect(intercept).toBeCloseTo(0.5, 3);
  });

  test('a measured map never falls', () => {
    const judged = [0.1, 0.1, 0.5, 0.5, 1, 1].map((share, i) => ({
      share,
      right: [0.2, 0.4, 0.9, 0.7, 0.5, 0.6][i] ?? 0,
      cloud: 1,
    }));
    const chances = risingMap(judged, 10).map((point) => point.probability);
    expect(chances).toEqual([...chances].sort((a, b) => a - b));
  });

  test('problems stay whole: all items of a group are in one fold', () => {
    const fold = foldOfGroup(['a', 'b', 'a', 'c', 'b'], 2, 1);
    expect([...fold.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(foldOfGroup(['c', 'b', 'a'], 2, 1)).toEqual(fold);
  });
});
