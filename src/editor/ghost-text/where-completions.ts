import * as vscode from 'vscode';
import type { Settings } from '../settings/settings';
import { pathInFolder } from '../workspace-names';

/** Why this place gets no ghost text; every early exit has a name. */
export type CompletionRefusal =
  'switched-off' | 'snoozed' | 'language-off' | 'excluded-file' | 'several-cursors' | 'not-a-file';

const SCHEMES = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell']);

/** Where the user wants completions. Asked on every key, so it looks things up and does nothing else. */
export class WhereCompletions {
  #excluded: { readonly globs: readonly string[]; readonly matches: (path: string) => boolean } | undefined;

  constructor(
    private readonly settings: () => Settings,
    private readonly snoozed: () => boolean,
    /** Makes a matcher of gitignore-style globs; paths relative to their workspace folder. */
    private readonly matcher: (globs: readonly string[]) => (path: string) => boolean,
  ) {}

  /** `invoked`: the user asked by a key; then snoozing and the general switch do not hold. */
  refusal(document: vscode.TextDocument, invoked: boolean): CompletionRefusal | undefined {
    const { completions } = this.settings();
    if (!invoked && !completions.enabled) return 'switched-off';
    if (!invoked && this.snoozed()) return 'snoozed';
    if (!this.wants(document)) return SCHEMES.has(document.uri.scheme) ? 'excluded-file' : 'not-a-file';
    if (!invoked && !(completions.languages[document.languageId] ?? completions.languages['*'] ?? true))
      return 'language-off';
    const editor = vscode.window.activeTextEditor;
    if (editor?.document === document && editor.selections.length > 1) return 'several-cursors';
    return undefined;
  }

  /** Whether the engine may know this document at all. */
  wants(document: vscode.TextDocument): boolean {
    if (!SCHEMES.has(document.uri.scheme)) return false;
    const path = pathInFolder(document.uri);
    if (path === undefined) return true;
    const { exclude } = this.settings().completions;
    if (exclude.length === 0) return true;
    if (this.#excluded?.globs !== exclude)
      this.#excluded = { globs: exclude, matches: this.matcher(exclude) };
    return !this.#excluded.matches(path);
  }
}
