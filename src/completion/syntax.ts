export interface BlockQuestion {
  readonly languageId: string;
  /** Text before the caret, as far as it is known. */
  readonly before: string;
  /** What the model wrote. */
  readonly text: string;
}

/** What a parser knows of where code ends. Must be quick: it is asked at every piece of a stream. */
export interface Syntax {
  /** Offset in `text` where the block around the caret is over; undefined while it goes on. */
  blockEnd(question: BlockQuestion): number | undefined;
}

/**
 * Without a parser: the block is over where a line stands further left than the line the caret is on and does
 * not begin with a closing bracket, as block after block in every language that is indented by habit or rule.
 */
export const indentationSyntax: Syntax = {
  blockEnd({ before, text }) {
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const own = indentOf(line.trim() === '' ? line + (text.split('\n', 1)[0] ?? '') : line);
    if (own === 0) return undefined;
    let at = text.indexOf('\n') + 1;
    while (at > 0) {
      const lineEnd = text.indexOf('\n', at);
      // The last line may still be growing: it is judged once it says something.
      const next = text.slice(at, lineEnd < 0 ? text.length : lineEnd);
      if (next.trim() !== '' && indentOf(next) < own)
        return CLOSES.test(next) ? closedAt(text, at, lineEnd) : at - 1;
      at = lineEnd + 1;
    }
    return undefined;
  },
};

const CLOSES = /^\s*(?:[)\]}]|end\b|<\/)/;

/** In the lines of a block comment the star stands one column further right than the code. */
const indentOf = (line: string): number => /^[ \t]*?(?= ?\*|[^ \t]|$)/.exec(line)?.[0].length ?? 0;

/** The closing line belongs to the block; the block is over behind it. */
const closedAt = (_text: string, _at: number, lineEnd: number): number | undefined =>
  lineEnd < 0 ? undefined : lineEnd;
