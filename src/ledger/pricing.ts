import type { ModelRef } from '../models/model';
import type { Usage } from '../models/usage';

/** What one call costs, in USD. */
export interface CallPrice {
  readonly usd: number;
  /** The same tokens with no prompt cache: all input at the plain input price. */
  readonly usdWithoutCache: number;
}

/**
 * Prices one call at a moment (milliseconds since 1970); undefined where the model's price is unknown. A local model
 * without a price costs nothing.
 */
export type PriceCall = (model: ModelRef, at: number, usage: Usage) => CallPrice | undefined;

export const totalInputTokens = (usage: Usage): number =>
  usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;

export const hasTokens = (usage: Usage): boolean => totalInputTokens(usage) + usage.outputTokens > 0;
