/** Part of a document, as UTF-16 offsets; whole lines. */
export interface Excerpt {
  readonly start: number;
  readonly end: number;
  readonly whole: boolean;
}

/**
 * Excerpts start and end on multiples of this many lines, so that moving the selection a little leaves the excerpt,
 * and with it the provider's prompt cache, as it was.
 */
const BLOCK_LINES = 50;

/**
 * The whole document where it fits into `maxChars`, else blocks of lines around [start, end). The selection itself is
 * never cut, even where it alone is longer than `maxChars`.
 */
export function excerptAround(document: string, start: number, end: number, maxChars: number): Excerpt {
  if (document.length <= maxChars) return { start: 0, end: document.length, whole: true };
  const blocks = blockStarts(document);
  let first = lastAtOrBefore(blocks, start);
  let last = lastAtOrBefore(blocks, Math.max(start, end - 1)) + 1; // exclusive
  const from = (): number => blocks[first] ?? 0;
  const to = (): number => blocks[last] ?? document.length;
  for (let grew = true; grew;) {
    grew = false;
    const before = blocks[first - 1];
    if (before !== undefined && to() - before <= maxChars) {
      first -= 1;
      grew = true;
    }
    if (last < blocks.length && (blocks[last + 1] ?? document.length) - from() <= maxChars) {
      last += 1;
      grew = true;
    }
  }
  return { start: from(), end: to(), whole: false };
}

function blockStarts(document: string): number[] {
  const starts = [0];
  let line = 0;
  for (let at = document.indexOf('\n'); at >= 0; at = document.indexOf('\n', at + 1)) {
    line += 1;
    if (line % BLOCK_LINES === 0 && at + 1 < document.length) starts.push(at + 1);
  }
  return starts;
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
