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

/** Life of a written prefix, renewed by each read. */
const CACHE_LIFE = 5 * 60_000;

export interface Call {
  readonly usd: number;
  readonly firstMs: number;
  readonly wholeMs: number;
}

/** Claude as a day sees it: its prices, its pace, and its prompt cache, which is kept per model. */
export class Cloud {
  readonly #cache = new Map<string, number>();

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
    const key = `${model.id} ${context}`;
    const isWarm = (this.#cache.get(key) ?? -Infinity) >= at;
    this.#cache.set(key, at + CACHE_LIFE);
    const rest = { ...NO_USAGE, inputTokens: inputTokens - sharedTokens, outputTokens };
    return isWarm
      ? { ...rest, cacheReadTokens: sharedTokens }
      : { ...rest, cacheWrite5mTokens: sharedTokens };
  }
}
