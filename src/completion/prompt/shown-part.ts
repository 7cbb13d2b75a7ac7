import { mayCompleteBefore } from '../filters/rest-of-line';

export interface ShownPart {
  /** What to put on the screen now. */
  readonly text: string;
  /** The model had more to say, which is kept for when the user gets there. */
  readonly cut: boolean;
}

/** Where a block opens, more than one line is meant. */
const OPENS_BLOCK = /[{([:]\s*$|=>\s*$/;

/**
 * How much of an answer is shown at once. One line where one line is meant: in the middle of a statement
 * people read to the line's end, and more would be taken away if its second line is wrong. At the start of an
 * empty line below one that opens a block, the whole block.
 */
export function shownPart(answer: string, before: string, restOfLine: string): ShownPart {
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.slice(lineStart);
  const above = before.slice(0, Math.max(0, lineStart - 1)).trimEnd();
  const multiLine = restOfLine.trim() === '' && line.trim() === '' && OPENS_BLOCK.test(above);
  if (multiLine || !mayCompleteBefore(restOfLine)) return { text: answer.trimEnd(), cut: false };
  const end = firstLineEnd(answer);
  return end < answer.length ? { text: answer.slice(0, end), cut: true } : { text: answer, cut: false };
}

/** The end of the first line that says something. */
function firstLineEnd(answer: string): number {
  const first = /^\s*/.exec(answer)?.[0].length ?? 0;
  const lineEnd = answer.indexOf('\n', first);
  if (lineEnd < 0) return answer.length;
  return answer.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
}
