import type { BlockRule } from '../../privacy/report';
import { findLines } from './find-lines';
import { guardPath, type PathRefusal } from './path-guard';
import { refuseChange } from './refuse-change';
import { pathsOf, type MalformedEdit, type Proposal, type ProposedEdit } from './proposal';

/** What is true of a file at the time of planning. Found out by the caller, for each guarded path. */
export type FileFacts =
  | {
      readonly kind: 'absent';
      readonly blockedBy?: BlockRule;
      readonly otherCase?: string;
      /** Where it would come to lie, links on the way followed; relative to the workspace. */
      readonly realPath?: string;
    }
  | {
      readonly kind: 'file';
      /** The text now: of the open document where there is one, else of the disk. */
      readonly text: string;
      /** The text that was in the prompt; absent when this file was not. */
      readonly given?: string;
      readonly binary?: boolean;
      readonly readOnly?: boolean;
      /** What the file rules say of it, links followed; whatever may not leave may not be written either. */
      readonly blockedBy?: BlockRule;
      /** Relative to the workspace, links followed. */
      readonly realPath?: string;
      /** The file's true name where it differs from the written one in case alone. */
      readonly otherCase?: string;
    };

export interface TextEdit {
  /** UTF-16 offsets into the file's text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export type PlannedFile =
  /** `before` must still be the file's text when the edits are applied. Edits are in order and do not overlap. */
  | {
      readonly kind: 'change';
      readonly path: string;
      readonly before: string;
      readonly edits: readonly TextEdit[];
    }
  | { readonly kind: 'create'; readonly path: string; readonly text: string };

export type RefusalReason =
  | MalformedEdit['why']
  | PathRefusal
  | 'not-given' // the file exists, but the model was not shown it
  | 'changed-since' // its text is no longer what the model was shown
  | 'exists' // to be created, but already there
  | 'absent' // to be changed, but not there
  | 'other-case' // the name differs from an existing one in case alone
  | 'binary'
  | 'read-only'
  | 'blocked' // by the file rules: ignored, excluded, outside, a link that leads out
  | 'not-found' // the searched lines do not occur
  | 'ambiguous' // they occur more than once
  | 'overlapping' // two edits of the same lines
  | 'hidden-characters' // new text with characters that hide what it does
  | 'changes-what-runs'; // scripts that the editor or the package manager would run

export interface Refusal {
  /** As the model wrote it; empty where it named none. */
  readonly path: string;
  readonly why: RefusalReason;
}

/** All of the proposal or none of it. */
export type EditPlan =
  | { readonly ok: true; readonly files: readonly PlannedFile[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * Turns a proposal into edits of offsets, or names what stands against it. `factsOf` is asked for guarded paths only.
 * Placeholders must have been put back before (`mapTexts`).
 */
export function planEdits(proposal: Proposal, factsOf: (path: string) => FileFacts): EditPlan {
  const refusals: Refusal[] = proposal.malformed.map(({ why }) => ({ path: '', why }));
  const files: PlannedFile[] = [];
  const planned = new Set<string>();
  for (const written of pathsOf(proposal)) {
    const edits = proposal.edits.filter(({ path }) => path === written);
    const guarded = guardPath(written);
    if (!guarded.ok) {
      refusals.push({ path: written, why: guarded.why });
      continue;
    }
    // `./a.ts` and `a.ts`, `a.ts` and `A.ts`: two names, one file.
    const key = guarded.path.toLowerCase();
    const result = planned.has(key) ? 'overlapping' : planFile(guarded.path, edits, factsOf(guarded.path));
    planned.add(key);
    if (typeof result === 'string') refusals.push({ path: written, why: result });
    else files.push(result);
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, files };
}

function planFile(
  path: string,
  edits: readonly ProposedEdit[],
  facts: FileFacts,
): PlannedFile | RefusalReason {
  if (facts.blockedBy !== undefined) return 'blocked';
  if (facts.otherCase !== undefined) return 'other-case';
  const real = facts.realPath === undefined ? undefined : guardPath(facts.realPath);
  if (real?.ok === false) return real.why;
  return facts.kind === 'absent' ? planNew(path, edits) : planChange(path, edits, facts);
}

function planNew(path: string, edits: readonly ProposedEdit[]): PlannedFile | RefusalReason {
  const [only, ...more] = edits;
  if (only?.kind !== 'create') return 'absent';
  if (more.length > 0) return 'overlapping';
  if (only.text.includes('\0')) return 'binary';
  return refuseChange(path, '', only.text) ?? { kind: 'create', path, text: only.text };
}

function planChange(
  path: string,
  edits: readonly ProposedEdit[],
  facts: Extract<FileFacts, { kind: 'file' }>,
): PlannedFile | RefusalReason {
  if (facts.binary === true || facts.text.includes('\0')) return 'binary';
  if (facts.readOnly === true) return 'read-only';
  if (facts.given === undefined) return 'not-given';
  if (facts.given !== facts.text) return 'changed-since';
  const found: TextEdit[] = [];
  for (const edit of edits) {
    const placed = place(facts.text, edit);
    if (typeof placed === 'string') return placed;
    found.push(placed);
  }
  found.sort((a, b) => a.start - b.start || a.end - b.end);
  if (found.some(({ start }, i) => start < (found[i - 1]?.end ?? 0))) return 'overlapping';
  const refusal = refuseChange(path, facts.text, applyEdits(facts.text, found));
  return refusal ?? { kind: 'change', path, before: facts.text, edits: found };
}

function place(text: string, edit: ProposedEdit): TextEdit | RefusalReason {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  if (edit.kind === 'create') {
    if (text.trim() !== '') return 'exists';
    return { start: 0, end: text.length, newText: edit.text.replaceAll('\n', lineEnd) };
  }
  if (edit.replace.includes('\0')) return 'binary';
  const search = findLines(text, edit.search);
  if (search.kind === 'none') return 'not-found';
  if (search.kind === 'many') return 'ambiguous';
  const { start, end, indent } = search.at;
  if (edit.replace === '') {
    // Lines taken out altogether: their end goes with them.
    const after = text.startsWith('\r\n', end) ? end + 2 : text.startsWith('\n', end) ? end + 1 : end;
    return { start, end: after, newText: '' };
  }
  const lines = edit.replace.split('\n').map((line) => (line.trim() === '' ? line : indent + line));
  return { start, end, newText: lines.join(lineEnd) };
}

/** The text with the edits made; they must be in order and must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of edits) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
