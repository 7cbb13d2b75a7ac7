import { describe, expect, it } from 'vitest';
import { priceOutcome } from '../../../src/ledger/price-outcome';
import {
  attempt,
  completion,
  decision,
  HAIKU,
  LOCAL,
  onCloud,
  outcome,
  price,
  SONNET,
  tokens,
  UNPRICED,
} from './outcomes';

describe('what a request cost and saved', () => {
  it('a local explanation costs nothing and saves what Claude would have charged', () => {
    const entry = priceOutcome(outcome(), price);
    expect(entry.spentUsd).toBe(0);
    // 2,000 × 2 USD/M + 500 × 10 USD/M
    expect(entry.baselineUsd).toBe(0.009);
    expect(entry.baselineEstimated).toBe(true);
    expect(entry).toMatchObject({ savedUsd: 0.009, savingRule: 'answered-local' });
  });

  it('a request that went to the cloud costs its price and saves nothing', () => {
    const entry = priceOutcome(onCloud(), price);
    expect(entry).toMatchObject({
      spentUsd: 0.009,
      baselineUsd: 0.009,
      savedUsd: 0,
      savingRule: 'went-to-cloud',
    });
    expect(entry.baselineEstimated).toBe(false);
  });

  it('every kind of token has its own price, and the cache saving is told apart', () => {
    const usage = tokens(100, 200, {
      cacheReadTokens: 10_000,
      cacheWrite5mTokens: 1_000,
      cacheWrite1hTokens: 500,
    });
    const entry = priceOutcome(onCloud({ attempts: [attempt(SONNET, usage)] }), price);
    // 100×2 + 200×10 + 10,000×0.1 + 1,000×2.5 + 500×4 millionths
    expect(entry.spentUsd).toBe(0.0077);
    // 11,600 × 2 + 200 × 10 millionths, less what was spent
    expect(entry.prices[0]?.cacheSavedUsd).toBe(0.0175);
    expect(entry.savedUsd).toBe(0);
  });

  it('a failed cloud call that was billed is part of what was spent, and makes the saving negative', () => {
    const entry = priceOutcome(
      onCloud({
        attempts: [
          attempt(SONNET, tokens(2_000, 100, { estimated: true }), {
            end: { kind: 'failed', failure: 'protocol', message: 'cut' },
          }),
          attempt(SONNET, tokens(2_000, 500), { role: 'fallback' }),
        ],
      }),
      price,
    );
    expect(entry).toMatchObject({ spentUsd: 0.014, baselineUsd: 0.009, savedUsd: -0.005 });
    expect(entry.prices.map((one) => one.estimated)).toEqual([true, false]);
  });

  it('an escalated explanation is measured by the tokens the cloud counted', () => {
    const entry = priceOutcome(
      outcome({
        decision: decision({ baseline: HAIKU, rescue: SONNET }),
        attempts: [
          attempt(LOCAL, tokens(1_900, 400), { end: { kind: 'doubted', finish: 'stop' } }),
          attempt(SONNET, tokens(2_000, 500), { role: 'escalation' }),
        ],
        result: { kind: 'answered', track: 'cloud' },
      }),
      price,
    );
    // 2,000 × 0.1 + 500 × 0.5 millionths
    expect(entry).toMatchObject({ spentUsd: 0.009, baselineUsd: 0.00045, savedUsd: -0.00855 });
    expect(entry.savingRule).toBe('went-to-cloud');
  });

  it('a model without a price is unknown, never free', () => {
    const entry = priceOutcome(onCloud({ attempts: [attempt(UNPRICED, tokens(10, 10))] }), price);
    expect(entry.spentUsd).toBeUndefined();
    expect(entry).toMatchObject({ savedUsd: undefined, savingRule: 'price-unknown' });
  });

  it('a call that never reached an unpriced model cost nothing', () => {
    const end = { kind: 'failed', failure: 'unreachable', message: 'refused' } as const;
    const failed = onCloud({
      attempts: [attempt(UNPRICED, tokens(0, 0), { end })],
      result: { kind: 'failed', failure: 'unreachable', message: 'refused' },
    });
    expect(priceOutcome(failed, price)).toMatchObject({ spentUsd: 0, savedUsd: 0, savingRule: 'no-answer' });
  });

  it('an unknown baseline makes the saving unknown', () => {
    const entry = priceOutcome(outcome({ decision: decision({ baseline: UNPRICED }) }), price);
    expect(entry).toMatchObject({ spentUsd: 0, savingRule: 'price-unknown' });
    expect(entry.baselineUsd).toBeUndefined();
    expect(entry.savedUsd).toBeUndefined();
  });
});

describe('what counts as saved', () => {
  it.each([
    ['accepted', 'completion-accepted', 0.00017],
    ['partly-accepted', 'completion-accepted', 0.00017],
    ['edited', 'completion-accepted', 0.00017],
    ['rejected', 'completion-not-accepted', 0],
    ['redone', 'redone-on-cloud', 0],
    [undefined, 'completion-not-accepted', 0],
  ] as const)('a completion that was %s: %s', (verdict, rule, saved) => {
    const entry = priceOutcome(completion(), price, verdict === undefined ? {} : { verdict });
    expect(entry).toMatchObject({ savingRule: rule, savedUsd: saved });
  });

  it('completions save nothing when the user switched that off', () => {
    const settings = { completionsCount: false };
    expect(priceOutcome(completion(), price, { verdict: 'accepted', settings })).toMatchObject({
      savingRule: 'completions-switched-off',
      savedUsd: 0,
    });
    expect(priceOutcome(outcome(), price, { settings }).savedUsd).toBe(0.009);
  });

  it.each(['rejected', 'redone'] as const)('an explanation that was %s saves nothing', (verdict) => {
    expect(priceOutcome(outcome(), price, { verdict }).savedUsd).toBe(0);
  });

  it.each(['no-key', 'offline', 'policy', 'cap', 'cloud-down'] as const)(
    'an answer that had to be local (%s) saves nothing',
    (forced) => {
      const entry = priceOutcome(outcome({ decision: decision({ forced }) }), price);
      expect(entry).toMatchObject({ savedUsd: 0, savingRule: 'forced-local' });
    },
  );

  it('an answer of a stand-in saves nothing, for it replaces none', () => {
    const { attempts } = outcome();
    const standIns = attempts.map((attempt) => ({
      ...attempt,
      model: { ...attempt.model, standIn: true as const },
    }));
    expect(priceOutcome(outcome({ attempts: standIns }), price)).toMatchObject({
      savedUsd: 0,
      savingRule: 'stand-in',
    });
  });

  it('an instant answer costs, saves and would have cost nothing', () => {
    const instant = completion({ attempts: [], result: { kind: 'answered', track: 'instant' } });
    expect(priceOutcome(instant, price, { verdict: 'accepted' })).toMatchObject({
      spentUsd: 0,
      baselineUsd: 0,
      savedUsd: 0,
      savingRule: 'instant',
    });
  });

  it('a local request that was cancelled saves nothing', () => {
    const cancelled = outcome({
      attempts: [attempt(LOCAL, tokens(2_000, 10, { estimated: true }), { end: { kind: 'cancelled' } })],
      result: { kind: 'cancelled' },
    });
    expect(priceOutcome(cancelled, price)).toMatchObject({ savedUsd: 0, savingRule: 'no-answer' });
  });

  it('a cancelled cloud request is no loss: without Switchyard it would have cost the same', () => {
    const cancelled = onCloud({
      attempts: [attempt(SONNET, tokens(2_000, 10, { estimated: true }), { end: { kind: 'cancelled' } })],
      result: { kind: 'cancelled' },
    });
    expect(priceOutcome(cancelled, price)).toMatchObject({ spentUsd: 0.0041, savedUsd: 0 });
  });

  it('a cloud answer thrown away still shows what was overspent', () => {
    const entry = priceOutcome(
      onCloud({ decision: decision({ track: 'cloud', model: SONNET, baseline: HAIKU }) }),
      price,
      { verdict: 'rejected' },
    );
    expect(entry.savedUsd).toBe(-0.00855);
  });
});
