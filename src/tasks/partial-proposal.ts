import { readCodeBlock } from './code-block';
import { fitInto } from './read-refactor';

/**
 * The document as it would look if the rest of the answer left the rest of the selection alone: what has streamed in so
 * far takes the place of as many lines of the selection, so that a diff grows from the top instead of showing
 * everything below as deleted. `start` and `end` are UTF-16 offsets of the selection.
 */
export function partialProposal(document: string, start: number, end: number, answer: string): string {
  const block = readCodeBlock(answer);
  if (block.kind === 'none') return document;
  const original = document.slice(start, end);
  const before = document.slice(0, start);
  const after = document.slice(end);
  if (block.closed) return before + fitInto(original, block.code) + after;
  // The last line is still being written; it joins when it is whole.
  const whole = block.code.slice(0, block.code.lastIndexOf('\n') + 1);
  const written = whole === '' ? 0 : whole.split('\n').length - 1;
  const rest = original.split('\n').slice(written).join('\n');
  return before + fitInto(rest === '' ? original : `${original}\n`, whole) + rest + after;
}
