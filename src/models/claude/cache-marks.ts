/** Most breakpoints the API takes in a request. */
const MOST_MARKS = 4;

/**
 * Least tokens a cached beginning must have: 512 for the 5.5 models, 1024 and more for those before. A mark under the
 * minimum does nothing, so the smaller of the older models' minimums will do for all of them.
 */
export const leastCachedTokens = (model: string): number => (/-5-5\b/.test(model) ? 512 : 1024);

export interface CacheablePart {
  readonly tokens: number;
  readonly stable: boolean;
}

/**
 * After which parts the cache marks go, as indices into those of a prompt's leading parts that are worth caching
 * (`SentPrefixes` tells). The cache matches
 * from the first byte, so only the leading run of stable parts counts: behind the first part that changes, a mark would
 * pay for a write nobody reads. A later mark costs nothing more than an earlier one (each token is written once), so
 * the last parts get the marks, each a minimum apart: when a late part changes, the earlier marks still match.
 */
export function cacheMarks(parts: readonly CacheablePart[], leastTokens: number): readonly number[] {
  const marks: number[] = [];
  let tokens = 0;
  let marked = 0;
  const run = parts.findIndex((part) => !part.stable);
  const stable = run === -1 ? parts : parts.slice(0, run);
  for (const [index, part] of stable.entries()) {
    tokens += part.tokens;
    if (tokens - marked < leastTokens) continue;
    marks.push(index);
    marked = tokens;
  }
  // What is left behind the last mark is too short for one of its own, but joins it.
  if (marks.length > 0) marks[marks.length - 1] = stable.length - 1;
  return marks.slice(-MOST_MARKS);
}
