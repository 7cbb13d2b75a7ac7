import * as z from 'zod';
import type { ModelRef } from './model';
import { PRICE_TABLE, type DatedPrice } from './price-table';
import type { Usage } from './usage';

/** USD per million tokens, for prompts up to a length. */
export interface PriceBand {
  /** Longest prompt (all input tokens, cached ones too) in this band; absent in the last one. */
  readonly upTo?: number;
  readonly input: number;
  readonly output: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
}

export interface Price {
  /** By rising `upTo`; the last band has none. */
  readonly bands: readonly [PriceBand, ...PriceBand[]];
}

/** A price with where it comes from, for the user to check. */
export interface FoundPrice extends Price {
  readonly source: string;
}

/** A hundred thousand times the dearest published price: beyond, something else was meant. */
const MOST_USD = 1_000_000;
const amount = z.number().nonnegative().max(MOST_USD);

/**
 * Prices in the user's settings, USD per million tokens. Cache prices left out are what a cache without a price of its
 * own amounts to: reads and writes cost what input costs.
 */
const OwnPrices = z.object({
  input: amount,
  output: amount,
  cacheWrite5m: amount.optional(),
  cacheWrite1h: amount.optional(),
  cacheRead: amount.optional(),
});

/** Prices that depend on the prompt's length: as in `Price`, each band longer than the one before, the last without end. */
const OwnBands = z.object({
  bands: z
    .array(OwnPrices.extend({ upTo: z.number().positive().optional() }))
    .min(1)
    .refine((bands) =>
      bands.every(({ upTo }, index) =>
        index === bands.length - 1
          ? upTo === undefined
          : upTo !== undefined && upTo > (bands[index - 1]?.upTo ?? 0),
      ),
    ),
});

const PriceOverride = z.union([OwnBands, OwnPrices.extend({ bands: z.undefined().optional() })]);

/** The setting: model ids, or `provider/id`, to prices. */
export type PriceOverrides = Record<string, z.infer<typeof PriceOverride>>;

/** Reads the setting entry by entry: a slip in one price does not take the others away. `rejected`: models by name. */
export function readPriceOverrides(setting: unknown): {
  readonly prices: PriceOverrides;
  readonly rejected: readonly string[];
} {
  const entries = Object.entries(z.record(z.string(), z.unknown()).safeParse(setting).data ?? {});
  const prices: PriceOverrides = {};
  const rejected: string[] = [];
  for (const [model, value] of entries) {
    const price = PriceOverride.safeParse(value);
    if (price.success) prices[model] = price.data;
    else rejected.push(model);
  }
  return { prices, rejected };
}

const FREE: FoundPrice = {
  bands: [{ input: 0, output: 0, cacheWrite5m: 0, cacheWrite1h: 0, cacheRead: 0 }],
  source: 'runs on your own machine or network',
};

/**
 * What a model costs at a time (ms since 1970). The user's own price wins; a local model costs nothing; a model that
 * is in no table has no price: undefined, which is "unknown" and never zero.
 */
export function priceOf(model: ModelRef, at: number, overrides: PriceOverrides = {}): FoundPrice | undefined {
  const own = ownPrice(overrides, `${model.provider}/${model.id}`) ?? ownPrice(overrides, model.id);
  if (own !== undefined) return { bands: bandsOf(own), source: 'your settings' };
  if (model.place === 'local') return FREE;
  // The longest id that fits: `claude-opus-5-5` is not an `claude-opus-5`.
  const entry = PRICE_TABLE.filter(
    ({ provider, id }) => provider === model.provider && isVersionOf(model.id, id),
  ).sort((a, b) => b.id.length - a.id.length)[0];
  const dated = entry?.prices.find((price) => isValid(price, at));
  return entry === undefined || dated === undefined ? undefined : { ...dated.price, source: entry.source };
}

function bandsOf(own: z.infer<typeof PriceOverride>): Price['bands'] {
  const [first, ...others] = own.bands ?? [own];
  return first === undefined ? FREE.bands : [bandOf(first), ...others.map(bandOf)];
}

const bandOf = ({
  input,
  output,
  cacheWrite5m = input,
  cacheWrite1h = input,
  cacheRead = input,
  ...end
}: z.infer<typeof OwnPrices> & { readonly upTo?: number | undefined }): PriceBand => ({
  ...(end.upTo !== undefined && { upTo: end.upTo }),
  input,
  output,
  cacheWrite5m,
  cacheWrite1h,
  cacheRead,
});

/** A model may be called `constructor`, which every object has. */
const ownPrice = (overrides: PriceOverrides, key: string): z.infer<typeof PriceOverride> | undefined =>
  Object.hasOwn(overrides, key) ? overrides[key] : undefined;

/** `claude-haiku-4-5-20251001` and `claude-haiku-4-5-latest` are versions of `claude-haiku-4-5`; `claude-opus-5-7` is none of `claude-opus-5`. */
const isVersionOf = (id: string, family: string): boolean =>
  id === family || (id.startsWith(`${family}-`) && /^(\d{8}|latest)$/.test(id.slice(family.length + 1)));

const isValid = ({ from, until }: DatedPrice, at: number): boolean =>
  (from === undefined || at >= Date.parse(from)) && (until === undefined || at < Date.parse(until));

const PER_MILLION = 1_000_000;

/** All input tokens: new, read from and written to the cache. Decides the price band. */
export const promptTokens = (usage: Usage): number =>
  usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;

function bandFor(price: Price, tokens: number): PriceBand {
  return price.bands.find((band) => band.upTo === undefined || tokens <= band.upTo) ?? price.bands[0];
}

/** What a call cost in USD: each kind of token times its price in the band of the whole prompt. Not rounded. */
export function costUsd(usage: Usage, price: Price): number {
  const band = bandFor(price, promptTokens(usage));
  const sum =
    usage.inputTokens * band.input +
    usage.cacheReadTokens * band.cacheRead +
    usage.cacheWrite5mTokens * band.cacheWrite5m +
    usage.cacheWrite1hTokens * band.cacheWrite1h +
    usage.outputTokens * band.output;
  return sum / PER_MILLION;
}

/** What caching took off the price of a call, in USD: negative for one that only wrote to the cache. */
export function cacheSavedUsd(usage: Usage, price: Price): number {
  const uncached: Usage = {
    ...usage,
    inputTokens: promptTokens(usage),
    cacheReadTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
  };
  return costUsd(uncached, price) - costUsd(usage, price);
}
