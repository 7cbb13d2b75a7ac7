import type { Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { CompletionEngine } from '../../completion/engine';
import type { FileRules } from '../../privacy/files/file-rules';
import { inBackground } from '../failures';
import type { Settings } from '../settings/settings';
import { fileRefOf } from '../source-file';
import { nameOf } from '../workspace-names';
import { onRulesChange } from './rules-change';

/** Larger documents are data; mirroring them costs memory and helps nobody, in UTF-16 units. */
const LARGEST = 5_000_000;

export interface DocumentFeedParts {
  readonly engine: CompletionEngine;
  readonly rules: Pick<FileRules, 'check' | 'checkNow'>;
  readonly settings: Store<Settings>;
  /** Whether the engine may know this document at all. */
  readonly wanted: (document: vscode.TextDocument) => boolean;
}

/** What the engine was told of an open document. */
interface Fed {
  readonly document: vscode.TextDocument;
  readonly path: string;
  readonly languageId: string;
  readonly excluded: boolean;
}

export const documentId = (document: vscode.TextDocument): string => document.uri.toString();

/** The one place where text can be completed: an empty selection that is alone. */
function singleCaret<Selection extends { readonly isEmpty: boolean }>(
  selections: readonly Selection[],
): Selection | undefined {
  const [first, ...others] = selections;
  return first !== undefined && others.length === 0 && first.isEmpty ? first : undefined;
}

/**
 * Tells the engine of documents, edits and the caret, as VS Code tells us. Edits cost their own length, not the file's.
 * Files that must not leave the machine are told of as excluded: nothing is completed in them or predicted from them.
 */
export class DocumentFeed implements vscode.Disposable {
  readonly #fed = new Map<string, Fed>();
  readonly #listening: vscode.Disposable;
  #disposed = false;

  constructor(private readonly parts: DocumentFeedParts) {
    const visible = (): void => this.#lookAtVisible();
    this.#listening = vscode.Disposable.from(
      onRulesChange(parts.settings, () => this.#recheck()),
      vscode.window.onDidChangeVisibleTextEditors(visible),
      // A change of language closes a document and opens it again, with its editor staying as it is.
      vscode.workspace.onDidOpenTextDocument(visible),
      vscode.workspace.onDidCloseTextDocument((document) => this.#close(documentId(document))),
      vscode.workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const id = documentId(textEditor.document);
        const caret = singleCaret(selections);
        if (this.#fed.has(id))
          parts.engine.moveCaret(id, caret && textEditor.document.offsetAt(caret.active));
      }),
    );
    visible();
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
  }

  /** Only documents somebody looks at: VS Code opens many more for its own ends. */
  #lookAtVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors)
      if (!this.#fed.has(documentId(document))) this.#look(document);
  }

  #recheck(): void {
    for (const { document } of [...this.#fed.values()]) this.#look(document);
    this.#lookAtVisible();
  }

  /** Opens the document for the engine, or opens it anew where the rules on it have changed. */
  #look(document: vscode.TextDocument): void {
    if (!this.parts.wanted(document)) {
      this.#forget(document);
      return;
    }
    // Whoever opens a file by itself, outside the workspace, wants it completed; its own folder's rules still hold.
    const file = fileRefOf(document.uri, true);
    const rule = this.parts.rules.checkNow(file);
    if (rule !== 'not-loaded') {
      this.#open(document, rule !== undefined);
      return;
    }
    // Until the rules are read, nothing is learned from it; VS Code asks again with the next key.
    const opened = this.parts.rules.check(file).then((blocked) => {
      if (!this.#disposed && !document.isClosed && this.parts.wanted(document))
        this.#open(document, blocked !== undefined);
    });
    inBackground('Reading the rules on a file', opened);
  }

  #open(document: vscode.TextDocument, excluded: boolean): void {
    const { engine } = this.parts;
    const id = documentId(document);
    const { languageId } = document;
    const known = this.#fed.get(id);
    if (known?.document === document && known.excluded === excluded && known.languageId === languageId)
      return;
    this.#forget(document);
    const text = document.getText();
    if (text.length > LARGEST || text.includes('\0')) return;
    const path = nameOf(document.uri);
    this.#fed.set(id, { document, path, languageId, excluded });
    engine.openDocument({ id, path, languageId, text, excluded });
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== document) return;
    const caret = singleCaret(editor.selections);
    engine.moveCaret(id, caret && document.offsetAt(caret.active));
  }

  /** A closed document goes on teaching as one of the project's files. */
  #close(id: string): void {
    if (this.#fed.delete(id)) this.parts.engine.closeDocument(id);
  }

  /** Closes the document for the engine and takes back what it taught. */
  #forget(document: vscode.TextDocument): void {
    const known = this.#fed.get(documentId(document));
    if (known === undefined) return;
    this.#close(documentId(document));
    this.parts.engine.forgetFile(known.path);
  }

  #changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const id = documentId(document);
    if (!this.#fed.has(id) || contentChanges.length === 0) return;
    const edits = contentChanges.map((change) => ({
      offset: change.rangeOffset,
      deleted: change.rangeLength,
      inserted: change.text,
    }));
    this.parts.engine.changeDocument(id, edits);
  }
}
