import * as vscode from 'vscode';
import type { Syntax } from '../../syntax/syntax';

export interface CaretSubject {
  readonly range: vscode.Range;
  /** The name of what was found; absent for a selection or bare lines. */
  readonly symbol?: string;
}

/** Lines shown around a caret that stands in no symbol. */
const LINES_AROUND = 15;

/** Symbol providers of large projects can take long on first use; then bare lines do, in ms. */
const SYMBOLS_WITHIN_MS = 800;

/** What "explain" means here: the selection, else the innermost symbol around the caret, else the lines around it. */
export async function subjectAtCaret(editor: vscode.TextEditor, syntax: Syntax): Promise<CaretSubject> {
  const { document, selection } = editor;
  if (!selection.isEmpty) return { range: selection };
  const symbol = innermost(await symbolsOf(document), selection.active);
  if (symbol !== undefined) return { range: symbol.range, symbol: symbol.name };
  // Language services of a project just opened say nothing for a while; a parser always can.
  const at = document.offsetAt(selection.active);
  const declared = await syntax.declarationAround(document.languageId, document.getText(), at);
  if (declared !== undefined) {
    const range = new vscode.Range(document.positionAt(declared.start), document.positionAt(declared.end));
    return { range, symbol: declared.name };
  }
  const { line } = selection.active;
  const last = Math.min(document.lineCount - 1, line + LINES_AROUND);
  return {
    range: new vscode.Range(Math.max(0, line - LINES_AROUND), 0, last, document.lineAt(last).text.length),
  };
}

async function symbolsOf(document: vscode.TextDocument): Promise<readonly vscode.DocumentSymbol[]> {
  const asked = vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), SYMBOLS_WITHIN_MS));
  const symbols = await Promise.race([asked, late]);
  return (symbols ?? []).filter((symbol): symbol is vscode.DocumentSymbol => 'children' in symbol);
}

function innermost(
  symbols: readonly vscode.DocumentSymbol[],
  at: vscode.Position,
): vscode.DocumentSymbol | undefined {
  const around = symbols.find((symbol) => symbol.range.contains(at));
  return around === undefined ? undefined : (innermost(around.children, at) ?? around);
}
