import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import type { Ask, ShownSuggestion } from '../../completion/types';
import { documentId } from './document-feed';
import type { WhereCompletions } from './where-completions';

/** Run by VS Code when a suggestion of ours was accepted whole. */
export const ACCEPTED_COMMAND = 'switchyard.completionAccepted';

export interface GhostTextParts {
  readonly engine: CompletionEngine;
  readonly where: WhereCompletions;
}

/**
 * Ghost text: hands VS Code what the engine has for the caret. The engine answers from its cache or the workspace at
 * once; only when it knows nothing does this wait for a model, and never longer than VS Code wants the answer.
 */
export class GhostText implements vscode.InlineCompletionItemProvider {
  constructor(private readonly parts: GhostTextParts) {}

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const invoked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    if (this.parts.where.refusal(document, invoked) !== undefined) return [];
    const ask = askOf(document, position, context);
    const now = this.parts.engine.suggest(ask);
    const suggestion = now.kind === 'show' ? now : await this.#wait(ask, token);
    if (suggestion.kind === 'nothing' || token.isCancellationRequested) return [];
    if (suggestion.track === 'instant' && !this.parts.where.instantWanted) return [];
    return [itemOf(document, suggestion)];
  }

  #wait(ask: Ask, token: vscode.CancellationToken): ReturnType<CompletionEngine['provide']> {
    // The engine settles the promise itself when the document or the caret moves on; the token may know first.
    return new Promise((resolve) => {
      const listening = token.onCancellationRequested(() =>
        resolve({ kind: 'nothing', reason: 'superseded' }),
      );
      void this.parts.engine.provide(ask).then((suggestion) => {
        listening.dispose();
        resolve(suggestion);
      });
    });
  }
}

function askOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  context: vscode.InlineCompletionContext,
): Ask {
  const selected = context.selectedCompletionInfo;
  return {
    documentId: documentId(document),
    offset: document.offsetAt(position),
    trigger: context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke ? 'invoke' : 'automatic',
    ...(selected !== undefined && {
      selected: {
        start: document.offsetAt(selected.range.start),
        end: document.offsetAt(selected.range.end),
        text: selected.text,
      },
    }),
  };
}

function itemOf(document: vscode.TextDocument, shown: ShownSuggestion): vscode.InlineCompletionItem {
  const range = new vscode.Range(document.positionAt(shown.start), document.positionAt(shown.end));
  const item = new vscode.InlineCompletionItem(shown.text, range);
  item.command = { title: 'Accepted', command: ACCEPTED_COMMAND, arguments: [shown.id] };
  return item;
}
