import type { Finding, Search } from './finding';

/** Long enough for the shortest token, in base64 or base64url. */
const RUN = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,100000}={0,2}/g;
const PRINTABLE = /^[\t\n\r -~]+$/;

/** Secrets that somebody wrapped in base64: the whole run goes. */
export function findInBase64(text: string, searches: readonly Search[]): Finding[] {
  const found: Finding[] = [];
  for (const { index, 0: run } of text.matchAll(RUN)) {
    // Most runs are names and hashes: their first characters already decode to no text.
    if (!/\d/.test(run) || !PRINTABLE.test(decoded(run.slice(0, 16)))) continue;
    const inside = decoded(run);
    if (!PRINTABLE.test(inside)) continue;
    const [first] = searches.flatMap((search) => search(inside));
    if (first !== undefined) found.push({ start: index, end: index + run.length, kind: first.kind });
  }
  return found;
}

const decoded = (run: string): string => Buffer.from(run, 'base64').toString('latin1');
