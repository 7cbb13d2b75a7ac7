import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import type { Ask, ShownSuggestion, Suggestion } from '../../completion/types';
import { documentId } from './document-feed';
import type { WhereCompletions } from './where-completions';

/** Run by VS Code when a suggestion of ours was accepted whole. */
export const ACCEPTED_COMMAND = 'switchyard.completionAccepted';

export interface GhostTextParts {
  readonly engine: CompletionEngine;
  readonly where: WhereCompletions;
}

/** Stable VS Code gives a provider no way to say "ask again"; this command does just that. */
const TRIGGER = 'editor.action.inlineSuggest.trigger';

/**
 * Ghost text: hands VS Code what the engine has for the caret. The engine answers from its cache or the workspace at
 * once; only when it knows nothing does this wait for a model, and never longer than VS Code wants the answer.
 */
export class GhostText implements vscode.InlineCompletionItemProvider {
  /** Documents VS Code is being asked to ask about again; that it then says "invoked" is not the user's doing. */
  readonly #askingAgain = new Set<{ readonly id: string }>();

  constructor(private readonly parts: GhostTextParts) {}

  /** Has VS Code ask again: there is more to show where the caret is. */
  async askAgain(id: string): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || documentId(document) !== id) return;
    if (this.parts.where.refusal(document, false) !== undefined) return;
    const asking = { id };
    this.#askingAgain.add(asking);
    try {
      await vscode.commands.executeCommand(TRIGGER);
    } finally {
      this.#askingAgain.delete(asking);
    }
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const id = documentId(document);
    const invoked =
      context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke &&
      ![...this.#askingAgain].some((asking) => asking.id === id);
    if (this.parts.where.refusal(document, invoked) !== undefined) return [];
    const suggestion = await this.#wait(askOf(document, position, context, invoked), token);
    if (suggestion.kind === 'nothing' || token.isCancellationRequested) return [];
    return [itemOf(document, suggestion)];
  }

  async #wait(ask: Ask, token: vscode.CancellationToken): Promise<Suggestion> {
    // The engine settles the promise itself when the document or the caret moves on; the token may know first.
    let listening: vscode.Disposable | undefined;
    const cancelled = new Promise<Suggestion>((resolve) => {
      listening = token.onCancellationRequested(() => resolve({ kind: 'nothing', reason: 'superseded' }));
    });
    try {
      return await Promise.race([this.parts.engine.provide(ask), cancelled]);
    } finally {
      listening?.dispose();
    }
  }
}

function askOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  context: vscode.InlineCompletionContext,
  invoked: boolean,
): Ask {
  const selected = context.selectedCompletionInfo;
  return {
    documentId: documentId(document),
    offset: document.offsetAt(position),
    trigger: invoked ? 'invoke' : 'automatic',
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
