import type { Finding } from './finding';

/** Shorter ones are words that stand elsewhere by chance. UTF-16 units. */
const SHORTEST = 8;

/**
 * Secrets by their text, with their kinds. What stands beside a secret gives it away in one place and is missing in
 * another: a local answer says the password without its name, and a call further down takes it by position.
 */
export type KnownSecrets = Map<string, string>;

/** Adds what was found in `text`; keys of many lines are found by themselves wherever they are. */
export function learnSecrets(known: KnownSecrets, text: string, findings: readonly Finding[]): void {
  for (const { start, end, kind } of findings) {
    const secret = text.slice(start, end);
    if (secret.length >= SHORTEST && !secret.includes('\n')) known.set(secret, kind);
  }
}

/** Every place of a known secret, whatever stands around it. */
export function findRepeats(text: string, known: KnownSecrets): Finding[] {
  const found: Finding[] = [];
  for (const [secret, kind] of known) {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
      found.push({ start: at, end: at + secret.length, kind });
    }
  }
  return found;
}
