/**
 * The server's own prices, written down apart from the extension's table so that the two can be held against each
 * other: thousandths of a USD per million tokens, that is nano-USD per token. Anthropic's pricing page, 2026-11.
 */
export interface ServerPrice {
  readonly input: number;
  readonly output: number;
  readonly write5m: number;
  readonly write1h: number;
  readonly read: number;
}

const price = (
  input: number,
  output: number,
  write5m: number,
  write1h: number,
  read: number,
): ServerPrice => ({
  input,
  output,
  write5m,
  write1h,
  read,
});

const PRICES: Readonly<Record<string, ServerPrice>> = {
  'claude-fable-5-2': price(8000, 40_000, 10_000, 16_000, 200),
  'claude-fable-5-1': price(10_000, 50_000, 12_500, 20_000, 250),
  'claude-opus-5-5': price(4000, 20_000, 5000, 8000, 200),
  'claude-opus-5': price(5000, 25_000, 6250, 10_000, 500),
  'claude-sonnet-5-5': price(2000, 10_000, 2500, 4000, 100),
  'claude-sonnet-5': price(2000, 10_000, 2500, 4000, 200),
  'claude-sonnet-4-6': price(3000, 15_000, 3750, 6000, 300),
  'claude-haiku-4-5': price(1000, 5000, 1250, 2000, 100),
};

/** Haiku 5.5 bills a request by the band its whole prompt falls into. */
const HAIKU_BAND_TOKENS = 100_000;
const HAIKU_LOW = price(100, 500, 125, 200, 10);
const HAIKU_HIGH = price(500, 2500, 625, 1000, 50);

/** Undefined for a model the server has no price for; it then bills nothing, and says so. */
export function serverPrice(model: string, promptTokens: number): ServerPrice | undefined {
  if (model.startsWith('claude-haiku-5-5')) return promptTokens > HAIKU_BAND_TOKENS ? HAIKU_HIGH : HAIKU_LOW;
  return PRICES[model];
}
