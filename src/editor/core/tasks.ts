import * as vscode from 'vscode';
import type { FileRules } from '../../privacy/files/file-rules';
import type { Syntax } from '../../syntax/syntax';
import { parsesCheck } from '../../tasks/checks/parses';
import { EDIT_FORMAT } from '../../tasks/edits/edit-format';
import { conversationOpener } from '../answer/open-conversation';
import { AskSurface } from '../ask/ask-surface';
import { editReview } from '../ask/review-edits';
import { CODE_ACTION_METADATA, codeActions } from '../code-actions';
import { ExplainSurface } from '../explain/explain-surface';
import { diagnosticsCheck } from '../refactor/diagnostics-check';
import type { LocalEditsOffer } from '../refactor/local-edits-offer';
import { ProposalDocuments } from '../refactor/proposal-documents';
import { RefactorSurface, type RefactorChecks } from '../refactor/refactor-surface';
import type { Surface } from '../surface';

export interface TaskParts {
  readonly surface: Surface;
  readonly syntax: Syntax;
  readonly rules: FileRules;
  readonly localEdits: LocalEditsOffer;
  readonly extensionUri: vscode.Uri;
  /** Keeps a part until the extension ends. */
  readonly own: <T extends vscode.Disposable>(part: T) => T;
}

export interface Tasks {
  readonly explain: ExplainSurface;
  readonly refactor: RefactorSurface;
  readonly ask: AskSurface;
}

/** The surfaces of explain, refactor and ask. */
export function openTasks({ surface, syntax, rules, localEdits, extensionUri, own }: TaskParts): Tasks {
  const openConversation = conversationOpener(surface, editReview(surface, rules), extensionUri, own);
  const checks: RefactorChecks = (target) => [
    parsesCheck(
      { languageId: target.document.languageId, text: target.snapshot, start: target.start, end: target.end },
      (languageId, text) => syntax.countErrors(languageId, text),
    ),
    diagnosticsCheck(target),
  ];
  const refactor = new RefactorSurface(surface, own(new ProposalDocuments()), checks, localEdits);
  own(vscode.languages.registerCodeActionsProvider({ pattern: '**' }, codeActions, CODE_ACTION_METADATA));
  return {
    explain: new ExplainSurface(surface, openConversation, syntax),
    refactor: own(refactor),
    ask: new AskSurface(surface, openConversation, rules, EDIT_FORMAT),
  };
}
