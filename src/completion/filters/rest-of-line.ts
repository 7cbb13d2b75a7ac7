/** What may stand right of the caret: closing brackets, quotes and punctuation, which an insertion can take along. */
const CLOSERS = /^[\s)\]}>"'`;:,]*$/;

/** Whether ghost text may be shown with `restOfLine` right of the caret. */
export const mayCompleteBefore = (restOfLine: string): boolean => CLOSERS.test(restOfLine);

/**
 * How many characters of `restOfLine` the suggestion writes itself and must therefore replace: its line ends
 * with them, or has them in this order (what the editor closed by itself when a bracket was opened).
 */
export function replacedChars(suggestion: string, restOfLine: string): number {
  const closers = restOfLine.trimEnd();
  if (closers === '') return 0;
  const line = suggestion.split(/\r?\n/, 1)[0] ?? '';
  let at = 0;
  for (const closer of closers) {
    const found = line.indexOf(closer, at);
    if (found < 0) return 0;
    at = found + 1;
  }
  return closers.length;
}
