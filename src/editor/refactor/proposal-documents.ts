import * as vscode from 'vscode';

export const PROPOSAL_SCHEME = 'switchyard-proposal';

/** Read-only documents that hold what a refactor proposes, for the right side of a diff. */
export class ProposalDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(PROPOSAL_SCHEME, this);

  /** A document for the proposal `id`, named like `original` so that it gets its language. */
  create(id: string, original: vscode.Uri, text: string): vscode.Uri {
    const uri = original.with({ scheme: PROPOSAL_SCHEME, authority: '', query: id, fragment: '' });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  update(uri: vscode.Uri, text: string): void {
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
  }

  remove(uri: vscode.Uri): void {
    this.#texts.delete(uri.toString());
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#texts.clear();
  }
}
