import { readCodeBlock } from './code-block';

/** A refactor's whole answer, read. Every way it can be unusable has a name. */
export type RefactorAnswer =
  | { readonly kind: 'replacement'; readonly text: string }
  | { readonly kind: 'unusable'; readonly reason: 'no-code' | 'cut-off' | 'unchanged' | 'empty' };

/**
 * `original` is the selected text. The replacement takes over its line ends, its common indentation where the model
 * dropped it, and whether it ends with a line break.
 */
export function readRefactor(answer: string, original: string): RefactorAnswer {
  const block = readCodeBlock(answer);
  if (block.kind === 'none') return { kind: 'unusable', reason: 'no-code' };
  if (!block.closed) return { kind: 'unusable', reason: 'cut-off' };
  if (block.code.trim() === '' && original.trim() !== '') return { kind: 'unusable', reason: 'empty' };
  const text = fitInto(original, block.code);
  return text === original ? { kind: 'unusable', reason: 'unchanged' } : { kind: 'replacement', text };
}

/** Gives `code` the indentation, line ends and final line break of the text it replaces. */
export function fitInto(original: string, code: string): string {
  const crlf = original.includes('\r\n');
  let lines = code.replaceAll('\r\n', '\n').split('\n');
  // A selection that starts behind its line's indentation has no indentation of its own to give.
  const wanted = indentOf(original.replaceAll('\r\n', '\n').split('\n'));
  const kept = lines.some((line) => line.startsWith(wanted) && line.trim() !== '' && original.includes(line));
  if (wanted !== '' && !kept && indentOf(lines) === '')
    lines = lines.map((line) => (line === '' ? line : wanted + line));
  const text = lines.join(crlf ? '\r\n' : '\n');
  const end = crlf ? '\r\n' : '\n';
  if (original.endsWith('\n') && !text.endsWith('\n')) return text + end;
  if (!original.endsWith('\n') && text.endsWith('\n')) return text.replace(/(\r?\n)+$/, '');
  return text;
}

function indentOf(lines: readonly string[]): string {
  let common: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (common === undefined) common = indent;
    while (!indent.startsWith(common)) common = common.slice(0, -1);
  }
  return common ?? '';
}
