import { describe, expect, it } from 'vitest';
import { untempered } from '../../../../src/models/inside/child/untempered';

const RAW = { yes: 0.6, no: 0.3, perhaps: 0.1 };

/** As sampling at a temperature sees it. */
function at(temperature: number): ReadonlyMap<string, number> {
  const weights = Object.entries(RAW).map(([item, p]) => [item, p ** (1 / temperature)] as const);
  const sum = weights.reduce((all, [, weight]) => all + weight, 0);
  return new Map(weights.map(([item, weight]) => [item, weight / sum]));
}

describe('the probability before the temperature', () => {
  it.each([0.1, 0.2, 0.8, 1, 1.5])('is found again from what sampling at %d sees', (temperature) => {
    expect(untempered(at(temperature), 'yes', temperature)).toBeCloseTo(0.6);
    expect(untempered(at(temperature), 'perhaps', temperature)).toBeCloseTo(0.1);
  });

  it('is far from certain where a low temperature makes it look so', () => {
    expect(at(0.05).get('yes')).toBeGreaterThan(0.999);
    expect(untempered(at(0.05), 'yes', 0.05)).toBeCloseTo(0.6);
  });

  it('is not known of what sampling left out', () => {
    expect(untempered(at(1), 'never', 1)).toBeUndefined();
  });
});
