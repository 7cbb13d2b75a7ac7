import { describe, expect, it } from 'vitest';
import type { ModelRef } from '../../../src/models/model';
import { PRICE_TABLE } from '../../../src/models/price-table';
import {
  cacheSavedUsd,
  costUsd,
  priceOf,
  readPriceOverrides,
  type FoundPrice,
  type PriceOverrides,
} from '../../../src/models/prices';
import { NO_USAGE } from '../../../src/models/usage';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const claude = (id: string): ModelRef => ({ provider: 'claude', id, place: 'cloud' });
const price = (ref: ModelRef, at = NOW, overrides: PriceOverrides = {}): FoundPrice => {
  const found = priceOf(ref, at, overrides);
  if (found === undefined) throw new Error('no price');
  return found;
};

describe('what a call costs', () => {
  it('each kind of token has its own price', () => {
    const usage = {
      ...NO_USAGE,
      inputTokens: 1_000_000,
      cacheReadTokens: 1_000_000,
      cacheWrite5mTokens: 1_000_000,
      cacheWrite1hTokens: 1_000_000,
      outputTokens: 1_000_000,
    };
    expect(costUsd(usage, price(claude('claude-sonnet-5-5')))).toBeCloseTo(2 + 0.1 + 2.5 + 4 + 10, 10);
  });
  it('thinking is part of the output, and not charged twice', () => {
    const usage = { ...NO_USAGE, outputTokens: 1000, thinkingTokens: 600 };
    expect(costUsd(usage, price(claude('claude-sonnet-5-5')))).toBeCloseTo(0.01, 10);
  });
  it('cache reads of Sonnet 5.5 cost half since 7 October 2026', () => {
    const usage = { ...NO_USAGE, cacheReadTokens: 1_000_000 };
    const sonnet = claude('claude-sonnet-5-5');
    expect(costUsd(usage, price(sonnet, Date.parse('2026-10-06T23:59:59Z')))).toBeCloseTo(0.2, 10);
    expect(costUsd(usage, price(sonnet, Date.parse('2026-10-07T00:00:00Z')))).toBeCloseTo(0.1, 10);
  });
  it('Haiku 5.5 bills the whole request in the band of its prompt, cached tokens included', () => {
    const haiku = price(claude('claude-haiku-5-5'));
    const small = { ...NO_USAGE, inputTokens: 60_000, cacheReadTokens: 40_000, outputTokens: 1000 };
    expect(costUsd(small, haiku)).toBeCloseTo(0.006 + 0.0004 + 0.0005, 10);
    const large = { ...small, cacheReadTokens: 40_001 };
    expect(costUsd(large, haiku)).toBeCloseTo(0.03 + 40_001 * 0.05e-6 + 0.0025, 10);
  });
  it('caching saves what the reads would have cost, less what the writes cost more', () => {
    const sonnet = price(claude('claude-sonnet-5-5'));
    expect(cacheSavedUsd({ ...NO_USAGE, cacheReadTokens: 1_000_000 }, sonnet)).toBeCloseTo(1.9, 10);
    expect(cacheSavedUsd({ ...NO_USAGE, cacheWrite5mTokens: 1_000_000 }, sonnet)).toBeCloseTo(-0.5, 10);
  });
});

describe('finding a price', () => {
  it('a model in no table has none, which is not zero', () => {
    expect(priceOf(claude('claude-opus-9'), NOW)).toBeUndefined();
    expect(priceOf({ provider: 'openai', id: 'gpt-5.5', place: 'cloud' }, NOW)).toBeUndefined();
    expect(priceOf({ provider: 'ollama', id: 'gpt-oss:120b-cloud', place: 'cloud' }, NOW)).toBeUndefined();
  });
  it('a longer name is another model, a dated one the same', () => {
    expect(price(claude('claude-opus-5-5')).bands[0].input).toBe(4);
    expect(price(claude('claude-opus-5')).bands[0].input).toBe(5);
    expect(price(claude('claude-haiku-4-5-20251001')).bands[0].input).toBe(1);
    expect(priceOf(claude('claude-opus-5-7'), NOW)).toBeUndefined();
  });
  it('what runs on the own machine costs nothing', () => {
    const local: ModelRef = { provider: 'ollama', id: 'llama3.2:3b', place: 'local' };
    expect(costUsd({ ...NO_USAGE, inputTokens: 5000, outputTokens: 500 }, price(local))).toBe(0);
  });
  it('a model named as something every object has is in no table either', () => {
    for (const id of ['constructor', '__proto__', 'toString'])
      expect(priceOf({ provider: 'openai', id, place: 'cloud' }, NOW, {})).toBeUndefined();
  });
  it('a price that no model can have is rejected', () => {
    const dear = { input: 1_000_001, output: 1 };
    expect(readPriceOverrides({ dear, mad: { input: Infinity, output: 1 } })).toEqual({
      prices: {},
      rejected: ['dear', 'mad'],
    });
  });
  it("the user's own price wins, by model or by provider and model", () => {
    const gpt: ModelRef = { provider: 'openai', id: 'gpt-5.5', place: 'cloud' };
    const overrides = {
      'gpt-5.5': { input: 1, output: 8 },
      'openai/gpt-5.5': { input: 2, output: 8, cacheRead: 0.2 },
    };
    expect(price(gpt, NOW, overrides).bands[0]).toEqual({
      input: 2,
      output: 8,
      cacheWrite5m: 2,
      cacheWrite1h: 2,
      cacheRead: 0.2,
    });
    expect(price(gpt, NOW, overrides).source).toBe('your settings');
  });
  it('the user may price by the length of the prompt', () => {
    const setting = {
      long: {
        bands: [
          { upTo: 1_000, input: 1, output: 2 },
          { input: 3, output: 4, cacheRead: 0.3 },
        ],
      },
    };
    const { prices, rejected } = readPriceOverrides(setting);
    expect(rejected).toEqual([]);
    const long = price({ provider: 'openai', id: 'long', place: 'cloud' }, NOW, prices);
    expect(costUsd({ ...NO_USAGE, inputTokens: 1_000 }, long)).toBeCloseTo(0.001, 9);
    expect(costUsd({ ...NO_USAGE, inputTokens: 1_000, cacheReadTokens: 1 }, long)).toBeCloseTo(0.0030003, 9);
  });
  it.each([
    ['no band', []],
    ['a last band that ends', [{ upTo: 5, input: 1, output: 2 }]],
    [
      'a band without end before another',
      [
        { input: 1, output: 2 },
        { input: 1, output: 2 },
      ],
    ],
    [
      'bands that do not rise',
      [
        { upTo: 5, input: 1, output: 2 },
        { upTo: 5, input: 1, output: 2 },
        { input: 1, output: 2 },
      ],
    ],
  ])('%s is no price', (_what, bands) => {
    expect(readPriceOverrides({ model: { bands, input: 1, output: 1 } })).toEqual({
      prices: {},
      rejected: ['model'],
    });
  });
  it('a slip in one price of the settings leaves the others, and is told', () => {
    const setting = { good: { input: 1, output: 2 }, negative: { input: -1, output: 2 }, text: 'free' };
    expect(readPriceOverrides(setting)).toEqual({
      prices: { good: { input: 1, output: 2 } },
      rejected: ['negative', 'text'],
    });
    expect(readPriceOverrides('nonsense')).toEqual({ prices: {}, rejected: [] });
  });
  it('every price names its source, and its bands rise to an open end', () => {
    for (const { source, prices } of PRICE_TABLE) {
      expect(source).not.toBe('');
      for (const { price: dated } of prices) expect(dated.bands.at(-1)?.upTo).toBeUndefined();
    }
  });
});
