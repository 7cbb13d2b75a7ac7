import * as vscode from 'vscode';
import type { FileRules } from '../../privacy/files/file-rules';
import { applyEdits, planEdits, type PlannedFile, type Refusal } from '../../tasks/edits/plan-edits';
import { mapTexts, pathsOf } from '../../tasks/edits/proposal';
import { readEdits } from '../../tasks/edits/read-edits';
import { REFUSAL_WORDS } from '../../tasks/edits/refusal-words';
import type { EditReview, LinkedTopic } from '../answer/open-conversation';
import type { Restore } from '../requests';
import { fileRefOf } from '../source-file';
import type { Surface } from '../surface';
import { uriNamed } from '../workspace-names';
import { gatherFacts } from './file-facts';

/** Edits an answer proposes to several files: shown in VS Code's Refactor Preview, applied together or not at all. */
export function editReview(surface: Surface, rules: FileRules): EditReview {
  return {
    countFiles: (answer) => pathsOf(readEdits(answer)).length,
    review: (answer, restore, requestId, topic) => {
      review(answer, restore, requestId, topic, surface, rules).catch(() =>
        tell(surface, RESULTS['not-applied']),
      );
    },
  };
}

async function review(
  answer: string,
  restore: Restore,
  requestId: string,
  topic: LinkedTopic,
  surface: Surface,
  rules: FileRules,
): Promise<void> {
  const written = readEdits(answer);
  const proposal = mapTexts(written, (text, path) => {
    const uri = uriNamed(path);
    return uri === undefined ? text : restore(text, fileRefOf(uri)).text;
  });
  const given = new Map(topic.sources.map(({ name, text }) => [name, text]));
  const plan = planEdits(proposal, await gatherFacts(pathsOf(proposal), given, rules));
  if (!plan.ok) {
    tell(surface, `The edits cannot be applied. ${plan.refusals.map(refusalLine).join(' ')}`);
    return;
  }
  const label = `Switchyard: ${plan.files.length === 1 ? '1 file' : `${String(plan.files.length)} files`}`;
  const result = await applyTogether(plan.files, label);
  if (result === 'applied') surface.feedback(requestId, 'accepted');
  else if (result === 'discarded') surface.feedback(requestId, 'rejected');
  else tell(surface, RESULTS[result]);
}

const RESULTS = {
  partly:
    'The edits belong together, and only some were checked, so those were taken back. Check all of them, or discard.',
  'left-alone':
    'Only some of the edits were applied, and files have changed since, so nothing was taken back. Undo in each file if you want to.',
  'changed-since': 'A file changed since the question was asked, so nothing was applied. Ask again.',
  'not-applied': 'VS Code could not apply the edits; a file may be read-only or open elsewhere.',
} as const;

/** A path that broke a rule about names is not repeated: it may be anything. */
const refusalLine = ({ path, why }: Refusal): string => {
  const name = /^[\w./ -]{1,120}$/.test(path) ? path : path === '' ? 'The answer' : 'A file it names';
  return `${name}: ${REFUSAL_WORDS[why]}.`;
};

const tell = (surface: Surface, message: string): void =>
  surface.reply({ severity: 'warning', message, actions: [] });

type Result = 'applied' | 'discarded' | keyof typeof RESULTS;

interface Expected {
  readonly uri: vscode.Uri;
  readonly before: string | undefined;
  readonly after: string;
}

async function applyTogether(files: readonly PlannedFile[], label: string): Promise<Result> {
  const edit = new vscode.WorkspaceEdit();
  const expected: Expected[] = [];
  for (const file of files) {
    const uri = uriNamed(file.path);
    if (uri === undefined) return 'changed-since';
    const metadata = { needsConfirmation: true, label, description: file.path };
    if (file.kind === 'create') {
      edit.createFile(
        uri,
        { contents: new TextEncoder().encode(file.text), ignoreIfExists: false, overwrite: false },
        metadata,
      );
      expected.push({ uri, before: undefined, after: file.text });
      continue;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() !== file.before) return 'changed-since';
    for (const { start, end, newText } of file.edits) {
      edit.replace(
        uri,
        new vscode.Range(document.positionAt(start), document.positionAt(end)),
        newText,
        metadata,
      );
    }
    expected.push({ uri, before: file.before, after: applyEdits(file.before, file.edits) });
  }
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  return settle(expected);
}

/**
 * The preview lets single edits be left out; half of a change is no change, so then what was applied is taken back.
 * Only files that read exactly as the edits left them are touched: anything else in them is the user's own.
 */
async function settle(expected: readonly Expected[]): Promise<Result> {
  const now = await Promise.all(expected.map(({ uri }) => textNow(uri)));
  const applied = expected.filter(({ after }, index) => now[index] === after);
  if (applied.length === expected.length) return 'applied';
  if (applied.length === 0)
    return expected.every(({ before }, index) => now[index] === before) ? 'discarded' : 'changed-since';
  const back = new vscode.WorkspaceEdit();
  for (const { uri, before } of applied) {
    if (before === undefined) back.deleteFile(uri);
    else {
      const document = await vscode.workspace.openTextDocument(uri);
      const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
      back.replace(uri, all, before);
    }
  }
  return (await vscode.workspace.applyEdit(back)) ? 'partly' : 'left-alone';
}

async function textNow(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
