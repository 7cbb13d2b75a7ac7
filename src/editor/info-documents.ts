import * as vscode from 'vscode';

const SCHEME = 'switchyard-info';

/** VS Code lets go of a text nobody looks at, and asks for it again when its tab is chosen; so the last are kept. */
const KEPT = 20;

/** Read-only documents for things to read: previews, reasons, diagnoses. */
export class InfoDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  #count = 0;
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** `title` names the tab; it ends in what gives the document its language, `.txt` or `.md`. */
  async open(title: string, text: string, column = vscode.ViewColumn.Beside): Promise<vscode.Uri> {
    const uri = this.#create(title, text);
    await vscode.window.showTextDocument(uri, { viewColumn: column, preview: true, preserveFocus: true });
    return uri;
  }

  /** Shows Markdown of ours in VS Code's own preview. */
  async preview(title: string, markdown: string): Promise<void> {
    const uri = this.#create(`${title}.md`, markdown);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }

  #create(title: string, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${title}`, query: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT && oldest !== undefined) this.#texts.delete(oldest);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This text is no longer kept. Ask for it again.';
  }

  dispose(): void {
    this.#registered.dispose();
    this.#texts.clear();
  }
}
