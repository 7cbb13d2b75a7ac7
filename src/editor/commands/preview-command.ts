import * as vscode from 'vscode';
import { CONTEXT_CHARS } from '../../tasks/call-options';
import { explainPrompt } from '../../tasks/explain';
import { subjectAtCaret } from '../explain/subject-at-caret';
import type { Syntax } from '../../syntax/syntax';
import type { EditorGate } from '../privacy/cloud-gate';
import { readSource } from '../source-file';

/** Shows what a request about the selection would send to a cloud: after the gate, word for word, without sending it. */
export async function previewPrompt(gate: EditorGate, syntax: Syntax): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      'Open a file first; the preview shows what of it would be sent.',
    );
    return;
  }
  const read = readSource(editor.document);
  if (read.kind === 'unusable') {
    void vscode.window.showInformationMessage(read.message);
    return;
  }
  const { range, symbol } = await subjectAtCaret(editor, syntax);
  const selection = {
    source: read.source,
    start: editor.document.offsetAt(range.start),
    end: editor.document.offsetAt(range.end),
  };
  const subject = { selection, history: [], question: '', ...(symbol !== undefined && { symbol }) };
  await gate.preview(explainPrompt(subject, CONTEXT_CHARS.explain.cloud));
}
