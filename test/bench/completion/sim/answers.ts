import { draw } from '../traces/random';
import type { Trace } from '../traces/trace';

/** Characters that are right or wrong together. */
const STRETCH = 12;
/** A wrong answer goes on for so long before the model would stop by itself. */
const WRONG_CHARS = 160;

/**
 * What the simulated model says at `offset` where `rest` is about to be typed: right for stretches of 12
 * characters, each with probability `accuracy`, then plausible wrong code from the same file. The draws
 * depend on trace, offset and stretch alone, so every policy meets the same model.
 */
export function answerAt(
  trace: Trace,
  offset: number,
  rest: string,
  accuracy: number,
  maxChars: number,
): string {
  let text = '';
  for (let stretch = 0; text.length < maxChars; stretch++) {
    const right = rest.slice(stretch * STRETCH, (stretch + 1) * STRETCH);
    if (right === '') break;
    if (draw(trace.id, offset, stretch) >= accuracy) {
      text += wrongCode(trace, `${offset}/${stretch}`, right.charAt(0));
      break;
    }
    text += right;
  }
  return text.slice(0, maxChars);
}

/** Code of the same file that does not begin with `not`. */
export function wrongCode(trace: Trace, where: string, not: string): string {
  const source = trace.after;
  for (let attempt = 0; ; attempt++) {
    const at = Math.floor(draw(trace.id, where, 'wrong', attempt) * source.length);
    // From the start of a word: a model does not begin in the middle of one.
    const from = at + Math.max(0, source.slice(at, at + 80).search(/\b\w/));
    const text = source.slice(from, from + WRONG_CHARS);
    if (text !== '' && text.charAt(0) !== not) return text;
    if (attempt > 50) return not === '?' ? '!' : '?';
  }
}
