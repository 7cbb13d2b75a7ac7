import type { TokenIndex } from './token-index';
import { tokenize } from './tokens';
import { NO_TOKEN, type Vocabulary } from './vocabulary';

// A minified line's "word" is data, not a word, and would only fill the vocabulary.
const LONGEST_TOKEN = 60;
/** Characters tokenized in one step: a fraction of a millisecond of work. */
const STEP_CHARS = 4_000;
/** A line that is longer is data: it is cut, and at worst one word in it with it. */
const LONGEST_STEP_CHARS = 8_000;

/** Reads `text` into `index`, a step at a time; each `next()` is one step. */
export function* readInto(index: TokenIndex, vocabulary: Vocabulary, text: string): Generator<void> {
  index.append([NO_TOKEN]);
  let indent = '';
  for (let at = 0; at < text.length;) {
    const end = stepEnd(text, at);
    const read = tokenize(text.slice(at, end), indent);
    index.append(
      read.tokens.map((token) => (token.length > LONGEST_TOKEN ? NO_TOKEN : vocabulary.idOf(token))),
    );
    indent = read.indent;
    at = end;
    yield;
  }
}

/** Steps end before a line end, so that the next one begins with the token of it. */
function stepEnd(text: string, at: number): number {
  if (text.length - at <= STEP_CHARS) return text.length;
  const lineEnd = text.indexOf('\n', at + STEP_CHARS);
  const end = lineEnd > 0 && text.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
  return end < 0 || end > at + LONGEST_STEP_CHARS ? Math.min(text.length, at + LONGEST_STEP_CHARS) : end;
}
