import type { Fit } from './cache';

/** Characters ahead over which answers are compared: a statement, not a page. */
const HORIZON = 32;

/**
 * Which of the answers that fit to show. Where they part ways, the branch that most of them take is right
 * more often than any one answer; among equals the one asked for nearest to the caret, but not before it has
 * proved itself on a typed character. `kept` is on the screen and must stay.
 */
export function choose(fits: readonly Fit[], kept: string): Fit | undefined {
  const candidates = fits.filter((fit) => fit.rest !== '' && fit.rest.startsWith(kept));
  let best: Fit | undefined;
  let bestScore = -1;
  for (const fit of candidates) {
    let score = fit.typed > 0 ? 0.5 : 0;
    for (const other of candidates) if (other !== fit) score += commonLength(fit.rest, other.rest);
    if (score > bestScore) {
      best = fit;
      bestScore = score;
    }
  }
  return best;
}

function commonLength(a: string, b: string): number {
  const end = Math.min(HORIZON, a.length, b.length);
  let i = 0;
  while (i < end && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}
