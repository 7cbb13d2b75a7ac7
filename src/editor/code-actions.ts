import * as vscode from 'vscode';
import { READY_INSTRUCTIONS } from '../tasks/ready-instructions';
import { isReadOnly } from './read-only';
import { CODE_SCHEMES } from './source-file';

const KINDS = {
  extract: vscode.CodeActionKind.RefactorExtract,
  rewrite: vscode.CodeActionKind.RefactorRewrite,
} as const;

/** The lightbulb: ready refactorings and "explain" for a selection. Nothing is asked of a model until one is chosen. */
export const codeActions: vscode.CodeActionProvider = {
  async provideCodeActions(document, range, context) {
    if (!CODE_SCHEMES.has(document.uri.scheme)) return [];
    const asked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
    // Without a selection the lightbulb would show on every line; then only those who ask for actions get them.
    if (range.isEmpty && !asked) return [];
    const explain = new vscode.CodeAction('Explain with Switchyard', vscode.CodeActionKind.Empty);
    explain.command = { title: explain.title, command: 'switchyard.explain' };
    const fits = ({ kind }: vscode.CodeAction): boolean =>
      context.only === undefined || (kind !== undefined && context.only.contains(kind));
    // What cannot be written can still be explained.
    if (await isReadOnly(document)) return [explain].filter(fits);
    const refactors = READY_INSTRUCTIONS.map((ready) => {
      const action = new vscode.CodeAction(`${ready.title} with Switchyard`, KINDS[ready.kind]);
      action.command = { title: action.title, command: `switchyard.refactor.${ready.id}` };
      return action;
    });
    const other = new vscode.CodeAction('Refactor with Switchyard…', vscode.CodeActionKind.RefactorRewrite);
    other.command = { title: other.title, command: 'switchyard.refactor' };
    return [explain, ...refactors, other].filter(fits);
  },
};

export const CODE_ACTION_METADATA: vscode.CodeActionProviderMetadata = {
  providedCodeActionKinds: [vscode.CodeActionKind.Empty, KINDS.extract, KINDS.rewrite],
};
