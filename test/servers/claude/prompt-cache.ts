import { createHash } from 'node:crypto';
import { countTokens } from '../tokenize';

export interface CacheBlock {
  readonly text: string;
  /** Set where the block carries a `cache_control`. */
  readonly ttl?: '5m' | '1h';
}

export interface CacheResult {
  readonly read: number;
  readonly write5m: number;
  readonly write1h: number;
  /** Tokens neither read nor written. */
  readonly uncached: number;
}

const LIFE_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 };
/** The API looks back this many blocks from a breakpoint for a beginning it knows. */
const LOOK_BACK = 20;

interface Entry {
  expiresAt: number;
  readonly ttl: '5m' | '1h';
}

/** Beginnings of prompts by their hash, each with its life; a hit renews it. */
export class PromptCache {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly clock: () => number) {}

  /** What is read from and written to the cache for a prompt of these blocks, in order. */
  use(model: string, blocks: readonly CacheBlock[], leastTokens: number): CacheResult {
    const now = this.clock();
    const hash = createHash('sha256').update(model);
    const ends: { key: string; tokens: number; ttl?: '5m' | '1h' }[] = [];
    let tokens = 0;
    for (const { text, ttl } of blocks) {
      hash.update(`\0${text}`);
      tokens += countTokens(text);
      ends.push({ key: hash.copy().digest('hex'), tokens, ...(ttl === undefined ? {} : { ttl }) });
    }
    const last = ends.findLastIndex((end) => end.ttl !== undefined && end.tokens >= leastTokens);
    if (last === -1) return { read: 0, write5m: 0, write1h: 0, uncached: tokens };
    const read = this.#longestHit(ends.slice(Math.max(0, last - LOOK_BACK), last + 1), now);
    let written = read;
    const writes = { '5m': 0, '1h': 0 };
    for (const end of ends.slice(0, last + 1)) {
      if (end.ttl === undefined || end.tokens < leastTokens) continue;
      if (end.tokens > written) {
        writes[end.ttl] += end.tokens - written;
        written = end.tokens;
      }
      this.#entries.set(end.key, { ttl: end.ttl, expiresAt: now + LIFE_MS[end.ttl] });
    }
    return { read, write5m: writes['5m'], write1h: writes['1h'], uncached: tokens - written };
  }

  #longestHit(ends: readonly { key: string; tokens: number }[], now: number): number {
    for (const end of [...ends].reverse()) {
      const entry = this.#entries.get(end.key);
      if (entry === undefined) continue;
      if (entry.expiresAt <= now) {
        this.#entries.delete(end.key);
        continue;
      }
      entry.expiresAt = now + LIFE_MS[entry.ttl];
      return end.tokens;
    }
    return 0;
  }
}
