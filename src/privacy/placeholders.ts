import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/**
 * Names for secrets: the same secret has the same name for the session, different secrets have different ones, and
 * nobody can tell the secret from the name. The secrets themselves are not kept: only their keyed digests, under a
 * random key that never leaves memory.
 */
export interface Placeholders {
  /** `REDACTED_GITHUB_TOKEN_1_k3x9ab`: reads as one word in code, data and prose alike. */
  nameFor(secret: string, kind: string): string;
}

/** More secrets than a session meets; the oldest names are forgotten, and never given out again. */
const MOST_NAMES = 10_000;

export function createPlaceholders(random: (bytes: number) => Buffer = randomBytes): Placeholders {
  const key = random(32);
  // A tag that no file can know beforehand, so that nothing written in advance turns into a secret.
  const tag = random(8).readBigUInt64BE().toString(36).slice(0, 6).padStart(6, '0');
  const names = new LRUCache<string, string>({ max: MOST_NAMES });
  let count = 0;
  return {
    nameFor(secret, kind) {
      const digest = createHmac('sha256', key).update(secret).digest('base64');
      const known = names.get(digest);
      if (known !== undefined) return known;
      count += 1;
      const name = `REDACTED_${kind.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${count}_${tag}`;
      names.set(digest, name);
      return name;
    },
  };
}
