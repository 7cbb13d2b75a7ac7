/**
 * Code cut into pieces to predict: a word, a number or a single sign, each with the space before it; and line
 * ends, written as how many there are and how the indentation changes, so that the same code matches at every
 * depth of nesting.
 */
export type Token = string;

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

const isWord = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 36 || c > 127;

const isBlank = (c: number): boolean => c === SPACE || c === TAB;

/** What tokens say of a text's lines: needed to go on in the middle of one. */
export interface Tokenized {
  readonly tokens: Token[];
  /** Indentation of the line the text ends in, as written. */
  readonly indent: string;
  /** Where the last token begins, so that a half-typed one can be told from what stands before it. */
  readonly lastStart: number;
}

/** `indent` is the indentation of the line `text` begins in, where that is not its start. */
export function tokenize(text: string, indent = ''): Tokenized {
  const tokens: Token[] = [];
  let lineIndent = indent;
  let lastStart = 0;
  let i = 0;
  if (indent === '' && isBlank(text.charCodeAt(0))) {
    i = endOfBlanks(text, 0);
    lineIndent = text.slice(0, i);
  }
  while (i < text.length) {
    lastStart = i;
    const c = text.charCodeAt(i);
    if (c === LF || c === CR) {
      const line = readLineEnds(text, i);
      tokens.push(lineEndToken(line.count, line.indent.length - lineIndent.length));
      lineIndent = line.indent;
      i = line.end;
      continue;
    }
    i = endOfToken(text, i);
    tokens.push(text.slice(lastStart, i));
  }
  return { tokens, indent: lineIndent, lastStart };
}

/** `change` in characters of indentation against the last line that was not blank. */
const lineEndToken = (count: number, change: number): Token =>
  `\n${Math.min(count, 2)}${change >= 0 ? '+' : ''}${change}`;

export const isLineEnd = (token: Token): boolean => token.charCodeAt(0) === LF;

/** What to insert for `token` in a line indented by `indent`; undefined where it would indent to the left of nothing. */
export function lineEndText(
  token: Token,
  indent: string,
  lineEnd: string,
): { readonly text: string; readonly indent: string } | undefined {
  const change = Number(token.slice(2));
  const count = Number(token.charAt(1));
  if (indent.length + change < 0) return undefined;
  const unit = indent.charAt(0) || (change % 2 === 0 ? ' ' : '\t');
  const next = change <= 0 ? indent.slice(0, indent.length + change) : indent + unit.repeat(change);
  return { text: lineEnd.repeat(count) + next, indent: next };
}

function endOfBlanks(text: string, at: number): number {
  let i = at;
  while (isBlank(text.charCodeAt(i))) i++;
  return i;
}

/** Blanks before the token belong to it. */
function endOfToken(text: string, start: number): number {
  let i = endOfBlanks(text, start);
  if (i >= text.length || !isWord(text.charCodeAt(i)))
    return text.charCodeAt(i) === LF || text.charCodeAt(i) === CR ? i : Math.min(i + 1, text.length);
  while (i < text.length && isWord(text.charCodeAt(i))) i++;
  return i;
}

function readLineEnds(text: string, start: number): { count: number; indent: string; end: number } {
  let count = 0;
  let i = start;
  let indentStart = start;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === LF) {
      count++;
      indentStart = i + 1;
    } else if (c !== CR && !isBlank(c)) break;
    i++;
  }
  return { count, indent: text.slice(indentStart, i), end: i };
}
