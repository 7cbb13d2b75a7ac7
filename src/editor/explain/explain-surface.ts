import * as vscode from 'vscode';
import type { Syntax } from '../../syntax/syntax';
import { explainPrompt } from '../../tasks/explain';
import type { OpenConversation } from '../answer/open-conversation';
import { readSource } from '../source-file';
import type { Surface } from '../surface';
import { subjectAtCaret } from './subject-at-caret';

/** Explains the selection, or the symbol at the caret, in a view beside the code. */
export class ExplainSurface {
  constructor(
    private readonly surface: Surface,
    private readonly open: OpenConversation,
    private readonly syntax: Syntax,
  ) {}

  async start(override?: 'local' | 'cloud'): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      this.#tell('Open a file to explain first.');
      return;
    }
    const read = readSource(editor.document);
    if (read.kind === 'unusable') {
      this.#tell(read.message);
      return;
    }
    const { range, symbol } = await subjectAtCaret(editor, this.syntax);
    const { source, document } = read;
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    if (source.text.slice(start, end).trim() === '') {
      this.#tell('There is no code here to explain. Select some first.');
      return;
    }
    const lines = `${source.name}:${String(range.start.line + 1)}`;
    const conversation = this.open({
      task: 'explain',
      title: symbol === undefined ? `Explain ${lines}` : `Explain ${symbol}`,
      languageId: source.languageId,
      code: source.text.slice(start, end),
      files: 1,
      known: new Map([[source.name, document.uri]]),
      sources: [source],
      draft: (question, history, contextChars) =>
        explainPrompt(
          { selection: { source, start, end }, question, history, ...(symbol !== undefined && { symbol }) },
          contextChars,
        ),
    });
    await conversation.ask('', override);
  }

  #tell(message: string): void {
    this.surface.reply({ severity: 'info', message, actions: [] });
  }
}
