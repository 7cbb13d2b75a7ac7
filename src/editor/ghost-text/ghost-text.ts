import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
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

/**
 * Stable VS Code gives a provider no way to say "ask again"; this command does just that. But it keeps what is shown in
 * front of what comes, and asks only once for the same text and caret: so what is shown goes away first.
 */
const TRIGGER = 'editor.action.inlineSuggest.trigger';
const HIDE = 'editor.action.inlineSuggest.hide';

/**
 * Text comes token by token: shown text that were made anew for each would flicker. Somebody who types on sees what has
 * come with the next key anyway. In ms.
 */
const GROWS_EVERY_MS = 300;

interface AskingAgain {
  readonly id: string;
  /** More came while VS Code was asked. */
  more: boolean;
}

/** What VS Code was given last, as far as the next question goes. */
interface Handed {
  readonly id: string;
  readonly version: number;
  readonly shows: boolean;
}

/**
 * Ghost text: hands VS Code what the engine has for the caret. The engine answers from its cache or the workspace at
 * once; only when it knows nothing does this wait for a model, and never longer than VS Code wants the answer.
 */
export class GhostText implements vscode.InlineCompletionItemProvider {
  /** Documents VS Code is being asked to ask about again; that it then says "invoked" is not the user's doing. */
  #askingAgain: AskingAgain | undefined;
  #handed: Handed | undefined;

  constructor(private readonly parts: GhostTextParts) {}

  /** Has VS Code ask again: there is more to show where the caret is. */
  async askAgain(id: string): Promise<void> {
    if (this.#askingAgain?.id === id) {
      this.#askingAgain.more = true;
      return;
    }
    const asking = { id, more: true };
    this.#askingAgain = asking;
    try {
      while (asking.more && this.#askingAgain === asking) {
        const version = this.#shownVersion(id);
        if (version !== undefined) await pause(GROWS_EVERY_MS);
        asking.more = false;
        if (this.#shownVersion(id) === version) await this.#showAnew(id, version !== undefined);
      }
    } finally {
      if (this.#askingAgain === asking) this.#askingAgain = undefined;
    }
  }

  /** The document's version for which something is shown; undefined where nothing is. */
  #shownVersion(id: string): number | undefined {
    return this.#handed?.id === id && this.#handed.shows ? this.#handed.version : undefined;
  }

  async #showAnew(id: string, shows: boolean): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || documentId(document) !== id) return;
    if (this.parts.where.refusal(document, false) !== undefined) return;
    // Both are on their way at once: what was shown is not missed for longer than the answer takes.
    const commands = shows ? [HIDE, TRIGGER] : [TRIGGER];
    await Promise.all(commands.map((command) => vscode.commands.executeCommand(command)));
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const id = documentId(document);
    const invoked =
      context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke && this.#askingAgain?.id !== id;
    if (this.parts.where.refusal(document, invoked) !== undefined) return [];
    const { version } = document;
    const suggestion = await this.#wait(askOf(document, position, context, invoked), token);
    if (token.isCancellationRequested) return [];
    this.#handed = { id, version, shows: suggestion.kind === 'show' };
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

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    systemClock.after(ms, resolve);
  });

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
