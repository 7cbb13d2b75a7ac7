import { cacheMarks, leastCachedTokens } from '../../../src/models/claude/cache-marks';
import { CACHE_LIFE_MS, SentPrefixes } from '../../../src/models/claude/sent-prefixes';
import type { ModelRef } from '../../../src/models/model';
import { costUsd, priceOf } from '../../../src/models/prices';
import { NO_USAGE, type Usage } from '../../../src/models/usage';
import type { Planned } from './plan';
import { wholeMs, type Speeds } from './speeds';

export const SONNET: ModelRef = { provider: 'claude', id: 'claude-sonnet-5-5', place: 'cloud' };
export const OPUS: ModelRef = { provider: 'claude', id: 'claude-opus-5-5', place: 'cloud' };
export const HAIKU: ModelRef = { provider: 'claude', id: 'claude-haiku-5-5', place: 'cloud' };

/** The day the prices were read. */
export const PRICED_AT = Date.parse('2026-11-23');

export interface Call {
  readonly usd: number;
  readonly firstMs: number;
  readonly wholeMs: number;
}

/** Claude as a day sees it: its prices, its pace, and its prompt cache, which is kept per model. */
export class Cloud {
  /** Until when, in ms of the day, the cache holds a prefix; each use renews it. */
  readonly #cache = new Map<string, number>();
  #now = 0;
  /** The editor's own rule for what is worth a mark, by the day's clock. */
  readonly #prefixes = new SentPrefixes({ monotonic: () => this.#now });

  constructor(
    private readonly speeds: Speeds,
    private readonly caches: boolean,
  ) {}

  call(model: ModelRef, request: Planned): Call {
    const price = priceOf(model, PRICED_AT);
    if (price === undefined) throw new Error(`no price for ${model.id}`);
    const speed = this.speeds[model.id === HAIKU.id ? 'cloudSmall' : 'cloudLarge'];
    return {
      usd: costUsd(this.#usage(model, request), price),
      firstMs: speed.firstTokenMs,
      wholeMs: wholeMs(speed, request.outputTokens),
    };
  }

  #usage(model: ModelRef, request: Planned): Usage {
    const { inputTokens, outputTokens, sharedTokens, context, at } = request;
    if (!this.caches || context === undefined) return { ...NO_USAGE, inputTokens, outputTokens };
    this.#now = at;
    // The name stands for the bytes: it has the file's version in it.
    const parts = [{ text: context, tokens: sharedTokens, stable: true }];
    const candidates = parts.slice(0, this.#prefixes.worthCaching(model.id, parts));
    if (cacheMarks(candidates, leastCachedTokens(model.id)).length === 0)
      return { ...NO_USAGE, inputTokens, outputTokens };
    const key = `${model.id} ${context}`;
    const isWarm = (this.#cache.get(key) ?? -Infinity) >= at;
    this.#cache.set(key, at + CACHE_LIFE_MS);
    const rest = { ...NO_USAGE, inputTokens: inputTokens - sharedTokens, outputTokens };
    return isWarm
      ? { ...rest, cacheReadTokens: sharedTokens }
      : { ...rest, cacheWrite5mTokens: sharedTokens };
  }
}
