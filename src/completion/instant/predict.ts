import { LONGEST_MATCH, type TokenIndex } from './token-index';
import { isLineEnd, lineEndText, type Token } from './tokens';
import type { Vocabulary } from './vocabulary';

/** Code to learn from, with how much it counts. */
export interface Source {
  readonly index: TokenIndex;
  readonly kind: SourceKind;
}
export type SourceKind = 'file' | 'project';

/** What is known of one guess, for judging how often guesses like it are right. */
export interface Evidence {
  /** Tokens before the caret that stood before the guess's model too. */
  readonly matched: number;
  /** Share of the votes for this guess, 0 to 1. */
  readonly agreement: number;
  /** Places that voted for it. */
  readonly votes: number;
  readonly kind: SourceKind;
  /** Characters of the guessed token that are typed already. */
  readonly typed: number;
}

export interface Guess {
  readonly id: number;
  readonly token: Token;
  readonly evidence: Evidence;
}

/** A place in the file itself counts as much as four in other files: the nested cache of code models. */
const WEIGHT: Record<SourceKind, number> = { file: 4, project: 1 };
/** Each further token of agreement counts three times as much: the longest match decides, many shorter ones may outvote it. */
const PER_TOKEN = 3;

/** The likeliest token behind `context` that begins with `typed`; undefined where nothing like it was seen. */
export function guessToken(
  sources: readonly Source[],
  vocabulary: Vocabulary,
  context: readonly number[],
  typed: string,
): Guess | undefined {
  const scores = new Map<number, { score: number; votes: number; matched: number; kind: SourceKind }>();
  let total = 0;
  for (const { index, kind } of sources) {
    for (const { at, length } of index.matches(context)) {
      const id = index.idAt(at);
      if (typed !== '' && !vocabulary.token(id).startsWith(typed)) continue;
      const score = WEIGHT[kind] * PER_TOKEN ** Math.min(length, LONGEST_MATCH);
      total += score;
      const entry = scores.get(id);
      if (entry === undefined) scores.set(id, { score, votes: 1, matched: length, kind });
      else {
        entry.score += score;
        entry.votes++;
        if (length > entry.matched) entry.matched = length;
      }
    }
  }
  let best: { id: number; score: number; votes: number; matched: number; kind: SourceKind } | undefined;
  for (const [id, entry] of scores)
    if (best === undefined || entry.score > best.score) best = { id, ...entry };
  if (best === undefined) return undefined;
  const { id, score, votes, matched, kind } = best;
  return {
    id,
    token: vocabulary.token(id),
    evidence: { matched, agreement: score / total, votes, kind, typed: typed.length },
  };
}

export interface Prediction {
  readonly text: string;
  /** Probability that the first token is right, and that all of them are. */
  readonly first: number;
  readonly all: number;
}

export interface PredictionStart {
  readonly context: readonly number[];
  /** The begun token, as far as it is typed. */
  readonly typed: string;
  readonly indent: string;
  readonly lineEnd: string;
}

export interface Sureness {
  /** How often guesses with such evidence are right. */
  probability(evidence: Evidence): number;
}

/** A line or so: what lies further ahead was never sure enough in measuring. */
const MAX_CHARS = 100;

/** Guess after guess, while the share of all its characters that is expected to be right is `enough`. */
export function predict(
  sources: readonly Source[],
  vocabulary: Vocabulary,
  sureness: Sureness,
  start: PredictionStart,
  enough: number,
): Prediction | undefined {
  const context = [...start.context];
  let { typed, indent } = start;
  let text = '';
  let all = 1;
  let expectedRight = 0;
  let first: number | undefined;
  while (text.length < MAX_CHARS) {
    const guess = guessToken(sources, vocabulary, context, typed);
    if (guess === undefined) break;
    const p = sureness.probability(guess.evidence);
    let piece = guess.token.slice(typed.length);
    let nextIndent = indent;
    if (isLineEnd(guess.token)) {
      const line = lineEndText(guess.token, indent, start.lineEnd);
      if (line === undefined) break;
      piece = line.text;
      nextIndent = line.indent;
    }
    const right = expectedRight + all * p * piece.length;
    if (first === undefined ? p < enough : right < enough * (text.length + piece.length)) break;
    expectedRight = right;
    text += piece;
    indent = nextIndent;
    all *= p;
    first ??= p;
    context.push(guess.id);
    typed = '';
  }
  return first === undefined || text.trim() === '' ? undefined : { text, first, all };
}
