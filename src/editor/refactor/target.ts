import * as vscode from 'vscode';
import { refactorPrompt, type RefactorSubject } from '../../tasks/refactor';
import type { Wish } from '../requests';
import { readSource, wholeLines } from '../source-file';

/** A rewrite returns all it was given: what is longer costs more than it helps, in UTF-16 units (about 600 lines). */
const LARGEST_SELECTION = 24_000;

/** What a refactor is to change: the document as it was when the request was made. */
export interface Target {
  readonly document: vscode.TextDocument;
  /** Relative to the workspace. */
  readonly name: string;
  readonly range: vscode.Range;
  readonly snapshot: string;
  readonly start: number;
  readonly end: number;
  /** What to say of it to a model; the instruction is still empty. */
  readonly subject: RefactorSubject;
}

/** `unusable`: why there is nothing to refactor, in a sentence. */
export type FoundTarget =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'unusable'; readonly message: string };

/** The whole lines of a selection; an empty one means the whole file. */
export function findTarget(document: vscode.TextDocument, selection: vscode.Range): FoundTarget {
  const unusable = (message: string): FoundTarget => ({ kind: 'unusable', message });
  const read = readSource(document);
  if (read.kind === 'unusable') return unusable(read.message);
  const { source } = read;
  const last = document.lineAt(document.lineCount - 1);
  const range = selection.isEmpty
    ? new vscode.Range(0, 0, last.lineNumber, last.text.length)
    : wholeLines(document, selection);
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  if (document.getText(range).trim() === '')
    return unusable('There is no code here to refactor. Select some first.');
  if (end - start > LARGEST_SELECTION)
    return unusable('That is too much code for one refactor. Select the part that should change.');
  const subject = { selection: { source, start, end }, instruction: '', refinements: [] };
  const target = { document, name: source.name, range, snapshot: source.text, start, end, subject };
  return { kind: 'target', target };
}

/** As a request: `subject` is the target's own, with an instruction and what was refined since. */
export const refactorWish = (target: Target, subject: RefactorSubject): Wish => ({
  task: 'refactor',
  languageId: target.document.languageId,
  instruction: [subject.instruction, ...subject.refinements.map(({ wish }) => wish)].join('\n'),
  code: target.snapshot.slice(target.start, target.end),
  files: 1,
  draft: (contextChars) => refactorPrompt(subject, contextChars),
});

/** "12 lines", for titles. */
export function linesWords({ range }: Target): string {
  const lines = range.end.line - range.start.line + 1;
  return lines === 1 ? '1 line' : `${String(lines)} lines`;
}
