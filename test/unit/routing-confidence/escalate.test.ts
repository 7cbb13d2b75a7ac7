import { describe, expect, test } from 'vitest';
import { shouldEscalate, thresholdFor } from '../../../src/routing/confidence/escalate';
import { interpolate, measuredChance } from '../../../src/routing/confidence/measured';

describe('thresholds', () => {
  test('rise with the quality the user asks for', () => {
    for (const task of ['explain', 'refactor', 'ask'] as const) {
      expect(thresholdFor(task, 'thrifty')).toBeLessThanOrEqual(thresholdFor(task, 'balanced'));
      expect(thresholdFor(task, 'balanced')).toBeLessThanOrEqual(thresholdFor(task, 'best'));
      expect(thresholdFor(task, 'thrifty')).toBeLessThan(thresholdFor(task, 'best'));
    }
  });

  test('never send a completion on', () => {
    expect(thresholdFor('complete', 'best')).toBe(0);
  });
});

describe('escalation', () => {
  test('follows a confidence under the threshold', () => {
    expect(shouldEscalate({ confidence: 0.4, threshold: 0.5 })).toBe(true);
    expect(shouldEscalate({ confidence: 0.6, threshold: 0.5 })).toBe(false);
  });

  test('does not follow from checks that cannot say', () => {
    expect(shouldEscalate({ threshold: 0.9 })).toBe(false);
  });
});

describe('measured chances', () => {
  test('never fall as agreement rises', () => {
    const chances = [0.1, 0.2, 0.35, 0.5, 0.75, 0.9, 1].map((share) =>
      measuredChance('samples-agree', share),
    );
    const sorted = [...chances].sort((a, b) => (a?.probability ?? 0) - (b?.probability ?? 0));
    expect(chances).toEqual(sorted);
  });

  test('lie on straight lines between the points and end with the last', () => {
    const points = [
      { share: 0, probability: 0.2, items: 5 },
      { share: 1, probability: 0.8, items: 5 },
    ];
    expect(interpolate(points, 0.5)?.probability).toBeCloseTo(0.5);
    expect(interpolate(points, 2)?.probability).toBeCloseTo(0.8);
    expect(interpolate(points, -1)?.probability).toBeCloseTo(0.2);
  });

  test('are unknown for checks that were never measured', () => {
    expect(measuredChance('logprobs', 0.9)).toBeUndefined();
  });
});
