import * as vscode from 'vscode';
import type { Syntax } from '../../syntax/syntax';
import { CONTEXT_CHARS } from '../../tasks/call-options';
import { explainPrompt } from '../../tasks/explain';
import type { LinkedTopic, OpenConversation } from '../answer/open-conversation';
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

  async start(): Promise<void> {
    const topic = await this.#topic();
    if (topic !== undefined) await this.open(topic).ask('');
  }

  /** Shows what an explanation would send. */
  async preview(): Promise<void> {
    const topic = await this.#topic();
    if (topic !== undefined) await this.surface.preview(topic.draft('', [], CONTEXT_CHARS.explain.cloud));
  }

  async #topic(): Promise<LinkedTopic | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      this.#tell('Open a file to explain first.');
      return undefined;
    }
    const read = readSource(editor.document);
    if (read.kind === 'unusable') {
      this.#tell(read.message);
      return undefined;
    }
    const { range, symbol } = await subjectAtCaret(editor, this.syntax);
    const { source, document } = read;
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    if (source.text.slice(start, end).trim() === '') {
      this.#tell('There is no code here to explain. Select some first.');
      return undefined;
    }
    const lines = `${source.name}:${String(range.start.line + 1)}`;
    return {
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
    };
  }

  #tell(message: string): void {
    this.surface.reply({ severity: 'info', message, actions: [] });
  }
}
