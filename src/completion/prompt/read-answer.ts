import { withLineEnds } from '../filters/line-ends';
import { repetitionStart } from '../filters/repetition';
import { suffixOverlap } from '../filters/suffix-overlap';
import type { Syntax } from '../syntax';

export interface AnswerSurroundings {
  readonly lineEnd: '\n' | '\r\n';
  readonly languageId: string;
  /** The prompt's text before and after the place of the answer. */
  readonly prefix: string;
  readonly suffix: string;
  readonly singleLine: boolean;
  readonly syntax: Syntax;
}

/**
 * What of the model's raw text is worth keeping, and whether it has said enough: the filters in order, each
 * of which may cut. Called with all text so far whenever some comes.
 */
export function readAnswer(
  raw: string,
  around: AnswerSurroundings,
): { readonly text: string; readonly stop: boolean } {
  const text = withLineEnds(raw, around.lineEnd);
  const cuts = [
    around.singleLine ? firstLineEnd(text) : undefined,
    repetitionStart(text),
    suffixOverlap(text, around.suffix),
    around.syntax.blockEnd({ languageId: around.languageId, before: around.prefix, text }),
  ].filter((cut) => cut !== undefined);
  if (cuts.length === 0) return { text, stop: false };
  return { text: text.slice(0, Math.min(...cuts)), stop: true };
}

function firstLineEnd(text: string): number | undefined {
  const at = text.indexOf('\n', 1);
  return at < 0 ? undefined : at;
}
