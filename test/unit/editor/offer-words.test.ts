import { describe, expect, it } from 'vitest';
import { offerWays } from '../../../src/editor/refactor/offer-words';
import type { RunDecision } from '../../../src/routing/decision';

const decision: RunDecision = {
  kind: 'run',
  track: 'cloud',
  model: { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' },
  threshold: 0,
  estimate: { inputTokens: 900, outputTokens: 300, usd: 0.0072, ms: 5_400 },
  localIfAllowed: {
    model: { provider: 'ollama', id: 'qwen2.5-coder:7b', place: 'local' },
    estimate: { inputTokens: 700, outputTokens: 300, usd: 0, ms: 8_000 },
  },
  complexity: { level: 'simple', because: [] },
  reasons: [],
};
const described = (given: RunDecision, last = false) =>
  Object.fromEntries(offerWays(given, last).map(({ answer, description }) => [answer, description]));

describe('the offer to run simple edits on this machine', () => {
  it('says of both ways which model it would be, what it would cost and how long it would take', () => {
    expect(described(decision)).toMatchObject({
      allow: 'qwen2.5-coder:7b: free, about 8.0 s',
      forbid: 'claude-sonnet-5-5: $0.0072, about 5.4 s',
    });
  });

  it('does not guess what nobody knows', () => {
    const unknown = { inputTokens: 900, outputTokens: 300 };
    const local = { ...decision.localIfAllowed, estimate: { ...unknown, usd: 0 } };
    expect(
      described({
        ...decision,
        estimate: unknown,
        localIfAllowed: { ...local, model: { provider: 'inside', id: 'm', place: 'local' } },
      }),
    ).toMatchObject({
      allow: 'm: free, time not known yet',
      forbid: 'claude-sonnet-5-5: price unknown, time not known yet',
    });
  });

  it('says what putting it off does, and when it is the last time', () => {
    const later = (last: boolean) => offerWays(decision, last).at(-1);
    expect(later(false)).toMatchObject({
      answer: 'later',
      detail: expect.stringMatching(/asked once more/) as string,
    });
    expect(later(true)).toMatchObject({ detail: expect.stringMatching(/not asked again/) as string });
  });

  it('is none where nothing would run here', () => {
    const { localIfAllowed: _none, ...rest } = decision;
    expect(offerWays(rest, false)).toEqual([]);
  });
});
