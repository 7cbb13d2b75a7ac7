import type { ContextFile } from '../../models/model';
import { importsIn, isImported } from './imports';
import { namesIn } from './names';

/** A part of another open file that may be worth knowing. */
export interface ContextCandidate {
  readonly path: string;
  readonly text: string;
  /** `head`: the start of the file, where imports and signatures are; `edited`: around the last edit. */
  readonly kind: 'head' | 'edited';
}

export interface ContextQuestion {
  readonly path: string;
  /** The start of the current file, for its imports. */
  readonly head: string;
  /** Text around the caret. */
  readonly surroundings: string;
  readonly candidates: readonly ContextCandidate[];
}

// 1,200 characters are some 300 tokens: 150 ms of reading at 0.5 ms a token, whenever the prompt's head is set anew.
const BUDGET_CHARS = 1_200;
const MOST_FILES = 3;
/** A file that is imported is about what is written here, even if few of its names were typed yet. */
const IMPORT_SCORE = 6;
const EDITED_SCORE = 2;
/** One shared name is chance. */
const LEAST_SCORE = 2;

/**
 * The parts of other files that share most names with the caret's surroundings, imports and recent edits
 * first. The same question always gives the same answer in the same order (by path), so that a prompt's head
 * stays what it was.
 */
export function chooseContext(question: ContextQuestion): ContextFile[] {
  const names = namesIn(question.surroundings);
  const imports = importsIn(question.head);
  const scored = question.candidates
    .filter((candidate) => candidate.path !== question.path && candidate.text.trim() !== '')
    .map((candidate) => ({ candidate, score: scoreOf(candidate, names, imports) }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || compare(a.candidate, b.candidate));
  const chosen = onePerFile(scored.map(({ candidate }) => candidate)).slice(0, MOST_FILES);
  const share = Math.floor(BUDGET_CHARS / Math.max(1, chosen.length));
  return chosen.sort(compare).map(({ path, text }) => ({ path, text: wholeLines(text, share) }));
}

function scoreOf(
  candidate: ContextCandidate,
  names: ReadonlySet<string>,
  imports: readonly string[],
): number {
  let score = candidate.kind === 'edited' ? EDITED_SCORE : 0;
  if (imports.some((specifier) => isImported(candidate.path, specifier))) score += IMPORT_SCORE;
  let shared = 0;
  for (const name of namesIn(candidate.text)) if (names.has(name)) shared++;
  return shared === 0 && score < IMPORT_SCORE ? 0 : score + shared;
}

function onePerFile(candidates: readonly ContextCandidate[]): ContextCandidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ path }) => !seen.has(path) && seen.add(path));
}

const compare = (a: ContextCandidate, b: ContextCandidate): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0;

function wholeLines(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const cut = text.slice(0, chars);
  const lastLineEnd = cut.lastIndexOf('\n');
  return lastLineEnd < 0 ? cut : cut.slice(0, lastLineEnd + 1);
}
