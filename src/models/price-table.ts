import type { Price } from './prices';

/** From when to when a model costs what. Dates are days in UTC; both ends as in [from, until). */
export interface DatedPrice {
  readonly from?: string;
  readonly until?: string;
  readonly price: Price;
}

export interface PricedModel {
  readonly provider: string;
  /** The start of the model's id: dated ids (`-20251001`) cost what their family does. */
  readonly id: string;
  readonly prices: readonly DatedPrice[];
  readonly source: string;
}

/** USD per million tokens: input, output, cache write for 5 minutes, for 1 hour, cache read. */
const usd = (input: number, output: number, write5m: number, write1h: number, read: number): Price => ({
  bands: [{ input, output, cacheWrite5m: write5m, cacheWrite1h: write1h, cacheRead: read }],
});

const PRICING_PAGE = 'platform.claude.com/docs/en/about-claude/pricing';

/** The day on which all of this was looked up. */
export const PRICES_AS_OF = '2026-11-23';

/**
 * What Anthropic charges. The cache prices of Fable 5.2 and Opus 5.5, and the bands of Haiku 5.5, are taken from
 * programs that read the pricing page (named as sources), not from the page itself.
 */
export const PRICE_TABLE: readonly PricedModel[] = [
  {
    provider: 'claude',
    id: 'claude-fable-5-2',
    prices: [{ price: usd(8, 40, 10, 16, 0.2) }],
    source: 'platform.claude.com release notes 2026-11-09; cache prices: rightsize 0.10.2',
  },
  {
    provider: 'claude',
    id: 'claude-fable-5-1',
    prices: [{ price: usd(10, 50, 12.5, 20, 0.25) }],
    source: PRICING_PAGE,
  },
  {
    provider: 'claude',
    id: 'claude-opus-5-5',
    prices: [{ price: usd(4, 20, 5, 8, 0.2) }],
    source: 'platform.claude.com opus-5-5/migration-guide; cache prices: claudit 1.8.2, page of 2026-09-23',
  },
  ...['claude-opus-5', 'claude-opus-4-8', 'claude-opus-4-7', 'claude-opus-4-6', 'claude-opus-4-5'].map(
    (id) => ({
      provider: 'claude',
      id,
      prices: [{ price: usd(5, 25, 6.25, 10, 0.5) }],
      source: PRICING_PAGE,
    }),
  ),
  {
    provider: 'claude',
    id: 'claude-sonnet-5-5',
    prices: [
      { until: '2026-10-07', price: usd(2, 10, 2.5, 4, 0.2) },
      { from: '2026-10-07', price: usd(2, 10, 2.5, 4, 0.1) },
    ],
    source: 'platform.claude.com models/sonnet-5-5/overview, release notes 2026-10-07',
  },
  {
    provider: 'claude',
    id: 'claude-sonnet-5',
    prices: [{ price: usd(2, 10, 2.5, 4, 0.2) }],
    source: 'platform.claude.com models/sonnet-5/overview',
  },
  ...['claude-sonnet-4-6', 'claude-sonnet-4-5'].map((id) => ({
    provider: 'claude',
    id,
    prices: [{ price: usd(3, 15, 3.75, 6, 0.3) }],
    source: 'synaps pricing table 2026-10; the multipliers of the pricing page',
  })),
  {
    provider: 'claude',
    id: 'claude-haiku-5-5',
    prices: [
      {
        // The whole request is billed in the band that its prompt (input, cache reads and writes) falls into.
        price: {
          bands: [
            {
              upTo: 100_000,
              input: 0.1,
              output: 0.5,
              cacheWrite5m: 0.125,
              cacheWrite1h: 0.2,
              cacheRead: 0.01,
            },
            { input: 0.5, output: 2.5, cacheWrite5m: 0.625, cacheWrite1h: 1, cacheRead: 0.05 },
          ],
        },
      },
    ],
    source: 'platform.claude.com, "From $0.10/$0.50"; bands: claudit 1.9.2, page of 2026-10-24',
  },
  {
    provider: 'claude',
    id: 'claude-haiku-4-5',
    prices: [{ price: usd(1, 5, 1.25, 2, 0.1) }],
    source: 'platform.claude.com haiku-4-5/overview; the multipliers of the pricing page',
  },
];
