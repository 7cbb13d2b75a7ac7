import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock';
import { leastCachedTokens } from './cache-marks';

/** How long Claude's prompt cache keeps what was written or read, in ms. */
export const CACHE_LIFE_MS = 5 * 60_000;

/** A working day's files and models are far fewer. */
const MOST_REMEMBERED = 256;

/**
 * A stable prefix of this many tokens is marked at its first sending. A mark not read costs 0.25 of the plain input; a
 * mark at the first sending instead of the second saves 1.15 (the second reads at 0.1 instead of writing at 1.25): it
 * pays where more than 0.25 / 1.15 = 22 % of prefixes are sent again within five minutes. Which are, nobody has
 * measured; in the simulated day (`bench:day`, an assumption) a file's 2,400 tokens are in 15 % of cases, since an
 * accepted refactor changes its file, and a question's 19,500 in 55 %, since people ask on about several files. This
 * lies between them, near their geometric middle (6,800), on the side that writes less.
 */
export const LONG_PREFIX_TOKENS = 8_000;

export interface PrefixPart {
  readonly text: string;
  readonly tokens: number;
  readonly stable: boolean;
}

/** Which beginnings of prompts went to which model of late. Holds digests and times, no text. */
export class SentPrefixes {
  /** Digest to the `monotonic` time of its last sending in ms; oldest first. */
  readonly #sent = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /**
   * How many leading parts are worth a cache mark: those sent to this model within the cache's life, or all stable
   * ones where they are long. Remembers this sending, so ask once a call.
   */
  worthCaching(model: string, parts: readonly PrefixPart[]): number {
    const firstChanging = parts.findIndex((part) => !part.stable);
    const stable = firstChanging === -1 ? parts : parts.slice(0, firstChanging);
    const least = leastCachedTokens(model);
    // Nothing to mark, and nothing that could ever be: most prompts about a small file.
    if (stable.reduce((sum, part) => sum + part.tokens, 0) < least) return 0;
    const now = this.clock.monotonic();
    const hash = createHash('sha256').update(model);
    let [again, tokens] = [0, 0];
    for (const [index, part] of stable.entries()) {
      tokens += part.tokens;
      // Bytes are what matches, not where one part ends and the next begins.
      hash.update(part.text);
      if (tokens < least) continue;
      const key = hash.copy().digest('base64');
      const last = this.#sent.get(key);
      if (last !== undefined && now - last < CACHE_LIFE_MS) again = index + 1;
      this.#remember(key, now);
    }
    return tokens >= LONG_PREFIX_TOKENS ? stable.length : again;
  }

  #remember(key: string, now: number): void {
    this.#sent.delete(key);
    this.#sent.set(key, now);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > MOST_REMEMBERED && oldest !== undefined) this.#sent.delete(oldest);
  }
}
