import type { Finding, Search } from './finding';

/** A text as something else reads it: strings joined, escapes undone. Knows where each character came from. */
export interface View {
  readonly text: string;
  /** Whether a stretch of the view was written otherwise in the original: all else is found there already. */
  isRewritten(start: number, end: number): boolean;
  /** Where a stretch of the view stands in the original; whole pieces where it begins or ends in a rewritten one. */
  placeOf(start: number, end: number): { readonly start: number; readonly end: number };
}

interface Rewritten {
  /** Offsets in the view, and in the original. */
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The text with every match replaced; undefined where nothing is. A match whose replacement is undefined stays as it
 * is.
 */
export function rewritten(
  text: string,
  pattern: RegExp,
  replace: (match: RegExpExecArray) => string | undefined,
): View | undefined {
  let view = '';
  let at = 0;
  const pieces: Rewritten[] = [];
  for (const match of text.matchAll(pattern)) {
    const by = replace(match);
    if (by === undefined) continue;
    view += text.slice(at, match.index);
    at = match.index + match[0].length;
    pieces.push({ start: view.length, end: view.length + by.length, from: match.index, to: at });
    view += by;
  }
  if (pieces.length === 0) return undefined;
  return new PiecewiseView(view + text.slice(at), pieces);
}

/** Only the lines that hold a match, and so many after each; undefined where none does. */
export function linesWith(text: string, sign: RegExp, after = 0): View | undefined {
  const lines: [number, number][] = [];
  let lineEnd = 0;
  for (const { index, 0: match } of text.matchAll(sign)) {
    // Of the same line again.
    if (index + match.length <= lineEnd) continue;
    const start = index < lineEnd ? index : index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
    lineEnd = endOfLine(text, index + match.length);
    let end = lineEnd;
    for (let more = 0; more < after; more += 1) end = endOfLine(text, end);
    lines.push([start, end]);
  }
  return stretchesOf(text, lines);
}

/** Behind the line break of the line that `at` is in. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Only these stretches, which are in order of their start and may overlap; each piece that is left ends its line. */
export function stretchesOf(
  text: string,
  stretches: Iterable<readonly [start: number, end: number]>,
): View | undefined {
  const parts: string[] = [];
  const pieces: Rewritten[] = [];
  let length = 0;
  let at = 0;
  for (const [from, end] of stretches) {
    const start = Math.max(from, at);
    if (end <= start) continue;
    if (start > at) {
      const gap = length === 0 || text[at - 1] === '\n' ? '' : '\n';
      pieces.push({ start: length, end: length + gap.length, from: at, to: start });
      parts.push(gap);
      length += gap.length;
    }
    parts.push(text.slice(start, end));
    length += end - start;
    at = end;
  }
  return length === 0 ? undefined : new PiecewiseView(parts.join(''), pieces);
}

class PiecewiseView implements View {
  constructor(
    readonly text: string,
    private readonly pieces: readonly Rewritten[],
  ) {}

  isRewritten(start: number, end: number): boolean {
    const piece = this.pieces[this.#firstEndingAfter(start)];
    return piece !== undefined && piece.start < end;
  }

  placeOf(start: number, end: number): { start: number; end: number } {
    return { start: this.#origin(start, 'from'), end: this.#origin(end - 1, 'to') };
  }

  /** Offset in the original of the character at `at`, or the end behind it. */
  #origin(at: number, side: 'from' | 'to'): number {
    const index = this.#firstEndingAfter(at);
    const piece = this.pieces[index];
    if (piece !== undefined && piece.start <= at && at < piece.end) return piece[side];
    const before = this.pieces[index - 1];
    const origin = before === undefined ? at : before.to + (at - before.end);
    return side === 'from' ? origin : origin + 1;
  }

  /** Index of the first piece whose end lies behind `at`; a piece replaced by nothing ends where it starts. */
  #firstEndingAfter(at: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pieces[middle]?.end ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** What the searches find in a view, as places in the original. `across`: only what the rewriting put together. */
export function findInView(
  view: View | undefined,
  searches: readonly Search[],
  across: 'anywhere' | 'across' = 'anywhere',
): Finding[] {
  if (view === undefined) return [];
  return searches
    .flatMap((search) => search(view.text))
    .filter(({ start, end }) => end > start && (across === 'anywhere' || view.isRewritten(start, end)))
    .map(({ start, end, kind }) => ({ ...view.placeOf(start, end), kind }));
}
