import { describe, expect, it } from 'vitest';
import { explainFigures } from '../../../src/ledger/explain-figures';
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

describe('how a figure came about', () => {
  it('a local answer', () => {
    expect(explainFigures(priceOutcome(outcome(), price))).toEqual({
      spent: ['qwen2.5-coder:7b (first): 2,000 tokens in, 500 out, on your own machine: $0.'],
      baseline:
        'Without a local model it would have gone to claude-sonnet-5-5, for $0.0090: an estimate from the 2,000 tokens in and 500 out that qwen2.5-coder:7b counted.',
      saved: 'Saved: $0.0090 − $0 = $0.0090; a local model answered.',
    });
  });

  it('a cloud answer that read from the prompt cache', () => {
    const cached = onCloud({ attempts: [attempt(SONNET, tokens(100, 500, { cacheReadTokens: 9_000 }))] });
    expect(explainFigures(priceOutcome(cached, price))).toEqual({
      spent: [
        'claude-sonnet-5-5 (first): 100 tokens in, 9,000 read from the prompt cache, 500 out: $0.0061; the prompt cache took $0.0171 off.',
      ],
      baseline: 'Without a local model it would have gone to claude-sonnet-5-5, for $0.0061.',
      saved: 'Saved: $0.0061 − $0.0061 = $0; the cloud answered.',
    });
  });

  it('an escalation that cost more than the baseline', () => {
    const escalated = outcome({
      decision: decision({ baseline: HAIKU }),
      attempts: [
        attempt(LOCAL, tokens(1_900, 400), { end: { kind: 'doubted', finish: 'stop' } }),
        attempt(SONNET, tokens(2_000, 500), { role: 'escalation' }),
      ],
      result: { kind: 'answered', track: 'cloud' },
    });
    expect(explainFigures(priceOutcome(escalated, price)).saved).toBe(
      'Overspent: $0.00045 − $0.0090 = −$0.0086; the cloud answered.',
    );
  });

  it('a doubted answer that stood after a second sample, by the tokens of the answer', () => {
    const sampled = outcome({
      attempts: [
        attempt(LOCAL, tokens(2_000, 500), { end: { kind: 'doubted', finish: 'stop' } }),
        attempt(LOCAL, tokens(2_000, 120), { role: 'sample' }),
      ],
    });
    const { baseline } = explainFigures(priceOutcome(sampled, price));
    expect(baseline).toContain('$0.0090: an estimate from the 2,000 tokens in and 500 out');
  });

  it('a model without a price', () => {
    const words = explainFigures(
      priceOutcome(onCloud({ attempts: [attempt(UNPRICED, tokens(10, 10))] }), price),
    );
    expect(words.spent[0]).toContain('price unknown, because there is none for this model');
    expect(words.saved).toBe('Saved: unknown, because a price is unknown.');
  });

  it('a completion that was not accepted', () => {
    expect(explainFigures(priceOutcome(completion(), price)).saved).toBe(
      'Saved: $0, because a completion saves only when it is accepted.',
    );
  });
});
