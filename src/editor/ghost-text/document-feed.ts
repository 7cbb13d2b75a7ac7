import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import { relativeTo } from '../source-file';

/** Larger documents are data; mirroring them costs memory and helps nobody, in UTF-16 units. */
const LARGEST = 5_000_000;

export const documentId = (document: vscode.TextDocument): string => document.uri.toString();

/** How a document is called in prompts: its path in the workspace, or its last name. */
export function documentPath(document: vscode.TextDocument): string {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return folder === undefined
    ? (document.uri.path.split('/').at(-1) ?? 'file')
    : relativeTo(folder, document.uri);
}

/** Tells the engine of documents, edits and the caret, as VS Code tells us. Edits cost their own length, not the file's. */
export function feedDocuments(
  engine: CompletionEngine,
  wanted: (document: vscode.TextDocument) => boolean,
): vscode.Disposable {
  const open = new Set<string>();
  const add = (document: vscode.TextDocument): void => {
    const id = documentId(document);
    if (open.has(id) || !wanted(document)) return;
    const text = document.getText();
    if (text.length > LARGEST || text.includes('\0')) return;
    open.add(id);
    engine.openDocument({ id, path: documentPath(document), languageId: document.languageId, text });
  };
  const remove = (document: vscode.TextDocument): void => {
    if (open.delete(documentId(document))) engine.closeDocument(documentId(document));
  };
  // Only documents somebody looks at: VS Code opens many more for its own ends.
  const visible = (): void => {
    for (const { document } of vscode.window.visibleTextEditors) add(document);
  };
  visible();
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(visible),
    vscode.workspace.onDidCloseTextDocument(remove),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const id = documentId(document);
      if (!open.has(id) || contentChanges.length === 0) return;
      const edits = contentChanges.map((change) => ({
        offset: change.rangeOffset,
        deleted: change.rangeLength,
        inserted: change.text,
      }));
      engine.changeDocument(id, edits);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const [first] = selections;
      const id = documentId(textEditor.document);
      if (first !== undefined && open.has(id))
        engine.moveCaret(id, textEditor.document.offsetAt(first.active));
    }),
  );
}
