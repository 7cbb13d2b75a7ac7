import { describe, expect, test } from 'vitest';
import { estimateCall, usualOutput } from '../../../src/routing/estimate';
import type { World } from '../../../src/routing/world';
import { aWorld, CALL_OPTIONS, CLOUD_LARGE, someFeatures } from './a-world';

const code = (lines: number): string => 'const total = price + tax;\n'.repeat(lines);
const sized = (lines: number) => someFeatures({ subjectText: code(lines) });

describe('what a refactoring is expected to write', () => {
  test('goes by how much code there is: five lines are no thousand tokens', () => {
    expect(usualOutput('refactor', sized(5))).toBeLessThan(200);
    expect(usualOutput('refactor', sized(120))).toBeGreaterThan(1_000);
  });

  test('is of the usual size where the code is not known', () => {
    expect(usualOutput('refactor', someFeatures())).toBe(1_500);
  });

  test('says nothing of an explanation, which may be long for a short piece', () => {
    expect(usualOutput('explain', sized(5))).toBe(500);
  });

  test('is corrected by what calls took, for this size', () => {
    const asked: (number | undefined)[] = [];
    const history: World['history'] = (_task, _model, usual) => {
      asked.push(usual);
      return { outputTokens: 90, ms: 1_900 };
    };
    const estimate = estimateCall(aWorld({ history }), 'refactor', sized(5), CALL_OPTIONS, CLOUD_LARGE);
    expect(estimate).toMatchObject({ outputTokens: 90, ms: 1_900, usualOutputTokens: asked[0] });
    expect(asked).toEqual([usualOutput('refactor', sized(5))]);
  });
});
