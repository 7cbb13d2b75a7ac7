import { describe, expect, it } from 'vitest';
import { estimateWords, forecastWords, turnWords } from '../../../src/editor/words';
import { NO_USAGE } from '../../../src/models/usage';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { RunDecision } from '../../../src/routing/decision';
import type { Outcome } from '../../../src/routing/outcome';

const decision: RunDecision = {
  kind: 'run',
  track: 'cloud',
  model: { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' },
  threshold: 0,
  estimate: { inputTokens: 3217, outputTokens: 512, usd: 0.00421, ms: 6_200 },
  complexity: { level: 'simple', because: [] },
  reasons: [],
};

describe('an estimate', () => {
  it('tells tokens, USD and seconds', () =>
    expect(estimateWords(decision.estimate)).toBe('about 3,200 tokens in and 510 out, $0.0042, 6.2 s'));

  it('calls an unknown price unknown, and leaves out an unknown time', () =>
    expect(estimateWords({ inputTokens: 90, outputTokens: 40 })).toBe(
      'about 90 tokens in and 40 out, price unknown',
    ));

  it('calls a local model free', () =>
    expect(estimateWords({ ...decision.estimate, usd: 0 })).toMatch(/, free, /));
});

describe('beside an answer', () => {
  const answeredBy = (standIn?: true): ReturnType<ReturnType<typeof turnWords>['notice']> => {
    const model = { provider: 'inside', id: 'tiny', place: 'local', ...(standIn && { standIn }) } as const;
    const attempt = { role: 'first', track: 'local', model, startedAt: 0, usage: NO_USAGE } as const;
    const outcome: Outcome = {
      ...{ requestId: 'r', task: 'explain', languageId: '', at: 0, endedAt: 1, decision },
      attempts: [
        { ...attempt, timings: { totalMs: 1 }, end: { kind: 'answered', finish: 'stop' }, evidence: [] },
      ],
      result: { kind: 'answered', track: 'local' },
      privacy: NOTHING_TO_REPORT,
    };
    return turnWords(() => 0).notice({ type: 'outcome', outcome });
  };

  it('stands where to get a real model, if a stand-in wrote it', () =>
    expect(answeredBy(true)).toMatchObject({ severity: 'info', action: { id: 'download-model' } }));

  it('stands nothing else', () => expect(answeredBy()).toBeUndefined());
});

describe('a forecast', () => {
  it('says where a request would go', () =>
    expect(forecastWords(decision)).toMatch(/^claude-sonnet-5-5: about 3,200 tokens/));

  it('says why it would stay here', () => {
    const model = { provider: 'ollama', id: 'qwen', place: 'local' } as const;
    expect(forecastWords({ ...decision, track: 'local', model, forced: 'offline' })).toMatch(
      /^qwen, on this machine because Switchyard is offline: about/,
    );
  });

  it('says why it cannot run', () =>
    expect(
      forecastWords({ kind: 'refuse', rule: 'offline', complexity: decision.complexity, reasons: [] }),
    ).toMatch(/offline switch/));
});
