/** What a model's answer holds where one fenced code block was asked for. */
export type CodeBlock =
  | { readonly kind: 'code'; readonly code: string; readonly closed: boolean }
  /** No fence was opened (yet). */
  | { readonly kind: 'none' };

const OPENING = /^[ \t]*(`{3,}|~{3,})[^`\n]*\r?\n/m;

/**
 * Reads the first fenced block of an answer that may still be growing. A fence is closed by one at least as long, of
 * the same kind, alone on its line; while the block is open, a last line that may become the closing fence is held back
 * so that a preview does not flash it.
 */
export function readCodeBlock(answer: string): CodeBlock {
  const opening = OPENING.exec(answer);
  const marks = opening?.[1];
  if (opening === null || marks === undefined) return { kind: 'none' };
  const body = answer.slice(opening.index + opening[0].length);
  const kind = marks.startsWith('`') ? '`' : '~';
  const closing = new RegExp(`(^|\\r?\\n)[ \\t]*${kind}{${String(marks.length)},}[ \\t]*(?=\\r?\\n|$)`).exec(
    body,
  );
  if (closing !== null) return { kind: 'code', code: body.slice(0, closing.index), closed: true };
  return { kind: 'code', code: body.replace(new RegExp(`(^|\\r?\\n)[ \\t]*${kind}*$`), ''), closed: false };
}
