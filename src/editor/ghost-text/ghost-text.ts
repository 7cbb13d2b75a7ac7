import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import type { CompletionEngine } from '../../completion/engine';
import type { Ask, ShownSuggestion, Suggestion } from '../../completion/types';
import { inBackground } from '../failures';
import { documentId } from './document-feed';
import { GrowingText } from './growing-text';
import type { WhereCompletions } from './where-completions';

/** Run by VS Code when a suggestion of ours was accepted whole. */
export const ACCEPTED_COMMAND = 'switchyard.completionAccepted';

export interface GhostTextParts {
  readonly engine: CompletionEngine;
  readonly where: WhereCompletions;
}

/** Stable VS Code gives a provider no way to say "ask again"; these commands do. */
const TRIGGER = 'editor.action.inlineSuggest.trigger';
const NEXT = 'editor.action.inlineSuggest.showNext';
const HIDE = 'editor.action.inlineSuggest.hide';
/** This extension alone is asked again: another provider beside it keeps what it shows. */
const OURS = 'switchyard.switchyard:*';

/**
 * Ghost text: hands VS Code what the engine has for the caret. The engine answers from its cache or the workspace at
 * once; only when it knows nothing does this wait for a model, and never longer than VS Code wants the answer.
 */
export class GhostText implements vscode.InlineCompletionItemProvider {
  /** Documents VS Code is being asked to ask about again; that it then says "invoked" is not the user's doing. */
  readonly #askedAgain = new Set<{ readonly id: string }>();
  readonly #growing: GrowingText;

  constructor(private readonly parts: GhostTextParts) {
    this.#growing = new GrowingText(systemClock, {
      isCurrent: ({ id, version }) => this.#showingFor(id)?.version === version,
      ask: (id) => this.#run(id, TRIGGER),
      // What is shown stays in front of what comes, which is then stepped on to.
      extend: (id) => this.#run(id, TRIGGER, NEXT),
      renew: (id) => this.#run(id, HIDE, TRIGGER),
    });
  }

  /** There is more to show where the caret is. */
  more(id: string): void {
    this.#growing.more(id);
  }

  dispose(): void {
    this.#growing.dispose();
  }

  /** The document, where it is the one being edited and completions are wanted in it. */
  #showingFor(id: string): vscode.TextDocument | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || documentId(document) !== id) return undefined;
    return this.parts.where.refusal(document, false) === undefined ? document : undefined;
  }

  #run(id: string, ...commands: readonly string[]): void {
    inBackground('Showing more ghost text', this.#runAll(id, commands));
  }

  async #runAll(id: string, commands: readonly string[]): Promise<void> {
    if (this.#showingFor(id) === undefined) return;
    const asking = { id };
    this.#askedAgain.add(asking);
    try {
      // All on their way at once: each waits for the one before by itself, and no frame is lost between them.
      await Promise.all(
        commands.map((command) =>
          vscode.commands.executeCommand(command, ...(command === TRIGGER ? [{ providerId: OURS }] : [])),
        ),
      );
    } finally {
      this.#askedAgain.delete(asking);
    }
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const id = documentId(document);
    const byCommand = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    const invoked = byCommand && ![...this.#askedAgain].some((asking) => asking.id === id);
    if (this.parts.where.refusal(document, invoked) !== undefined) return [];
    const { version } = document;
    const suggestion = await this.#wait(askOf(document, position, context, invoked), token);
    if (token.isCancellationRequested) return [];
    this.#growing.handed({ id, version, shows: suggestion.kind === 'show', byCommand });
    if (suggestion.kind === 'nothing') return [];
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
