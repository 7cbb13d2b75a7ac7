import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../../src/routing/checks/check';
import { combineEvidence, type Combined } from '../../../src/routing/confidence/combine';
import { thresholdFor } from '../../../src/routing/confidence/escalate';
import { NO_RECORD, recordVerdict, type OwnRecord } from '../../../src/routing/confidence/own-record';

const saw = (check: string, score?: number): Evidence => ({
  check,
  saw: `${check} was looked at`,
  ...(score !== undefined && { score }),
});
const confidence = (...evidence: Evidence[]): number =>
  combineEvidence('explain', evidence).confidence ?? Number.NaN;

describe('evidence about a local answer', () => {
  test('that cannot say leaves no confidence', () => {
    const combined = combineEvidence('explain', [saw('logprobs'), saw('cut-off')]);
    expect(combined.confidence).toBeUndefined();
    expect(combined.words).toEqual(['logprobs was looked at', 'cut-off was looked at']);
  });

  test('raises the belief when the model was sure and lowers it when not', () => {
    expect(confidence(saw('logprobs', 0.95))).toBeGreaterThan(confidence(saw('logprobs', 0.5)));
    expect(confidence(saw('logprobs', 0.5))).toBeGreaterThan(confidence(saw('logprobs', 0.1)));
  });

  test('adds up: two good signs are more than one', () => {
    const one = confidence(saw('logprobs', 0.8));
    expect(confidence(saw('logprobs', 0.8), saw('agreement', 0.9))).toBeGreaterThan(one);
  });

  test('of one fault spoils an answer that is fine otherwise', () => {
    expect(confidence(saw('logprobs', 0.99), saw('agreement', 1), saw('refusal', 0))).toBe(0);
  });

  test('that no fault was found does not raise the belief', () => {
    expect(confidence(saw('logprobs', 0.7), saw('cut-off', 1))).toBe(confidence(saw('logprobs', 0.7)));
  });

  test.each(['parses', 'diagnostics'])(
    'of new errors (%s) sends an edit on, however sure the rest is',
    (check) => {
      const others = ['parses', 'diagnostics']
        .filter((name) => name !== check)
        .map((name) => saw(name, 0.85));
      const seen = [saw('logprobs', 0.99), saw('agreement', 1), ...others, saw(check, 0.1)];
      const combined = combineEvidence('refactor', seen);
      for (const target of ['thrifty', 'balanced', 'best'] as const)
        expect(combined.confidence).toBeLessThan(thresholdFor('refactor', target));
      expect(combined.words[0]).toBe(`${check} was looked at`);
    },
  );

  test('of code that parses and compiles proves nothing, and counts a little', () => {
    const sure = saw('logprobs', 0.6);
    const both = combineEvidence('refactor', [
      sure,
      saw('parses', 0.85),
      saw('diagnostics', 0.85),
    ]).confidence;
    expect(both).toBeGreaterThan(combineEvidence('refactor', [sure]).confidence ?? 1);
    expect(both).toBeLessThan(0.97);
  });

  test('is never certain', () => {
    const all = ['logprobs', 'agreement', 'parses', 'diagnostics'].map((check) => saw(check, 1));
    expect(confidence(...all)).toBeLessThan(1);
  });
});

const probabilityOf = ({ calibrated }: Combined): number =>
  calibrated.kind === 'calibrated' ? calibrated.probability : Number.NaN;

describe('a probability', () => {
  test('is shown for evidence that was measured', () => {
    const combined = combineEvidence('explain', [saw('samples-agree', 1)]);
    expect(combined.calibrated.kind).toBe('calibrated');
    expect(combined.calibrated).toMatchObject({ kind: 'calibrated', by: 'published' });
    expect(combined.confidence).toBeGreaterThan(
      combineEvidence('explain', [saw('samples-agree', 0.3)]).confidence ?? 1,
    );
  });

  test('is not shown for evidence that never was', () => {
    expect(combineEvidence('explain', [saw('logprobs', 0.9)]).calibrated.kind).toBe('uncalibrated');
    expect(combineEvidence('explain', [saw('agreement', 0.9)]).calibrated.kind).toBe('uncalibrated');
  });

  test('is not shown where unmeasured evidence took part', () => {
    expect(
      combineEvidence('explain', [saw('samples-agree', 0.9), saw('logprobs', 0.9)]).calibrated.kind,
    ).toBe('uncalibrated');
  });

  const judged = (
    answers: number,
    verdict: 'accepted' | 'rejected',
    from: OwnRecord = NO_RECORD,
  ): OwnRecord => {
    const raw = confidence(saw('logprobs', 0.7));
    return Array.from({ length: answers }).reduce<OwnRecord>(
      (record) => recordVerdict(record, 'explain', raw, verdict),
      from,
    );
  };

  test('comes from the user once enough answers were judged, and not before', () => {
    const evidence = [saw('logprobs', 0.7)];
    expect(combineEvidence('explain', evidence, judged(39, 'accepted')).calibrated.kind).toBe('uncalibrated');
    const combined = combineEvidence('explain', evidence, judged(20, 'rejected', judged(30, 'accepted')));
    expect(combined.calibrated).toMatchObject({ kind: 'calibrated', by: 'own', answers: 50 });
    expect(probabilityOf(combined)).toBeCloseTo(0.6, 1);
    expect(combined.confidence).toBe(confidence(...evidence));
  });

  test('of one task says nothing about another', () => {
    expect(combineEvidence('refactor', [saw('logprobs', 0.7)], judged(60, 'accepted')).calibrated.kind).toBe(
      'uncalibrated',
    );
  });

  test('follows the user to new habits', () => {
    const combined = combineEvidence(
      'explain',
      [saw('logprobs', 0.7)],
      judged(400, 'rejected', judged(400, 'accepted')),
    );
    expect(probabilityOf(combined)).toBeLessThan(0.1);
  });
});
