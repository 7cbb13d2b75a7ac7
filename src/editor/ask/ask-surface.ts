import * as vscode from 'vscode';
import { askPrompt } from '../../tasks/ask';
import type { OurText } from '../../privacy/draft';
import type { SourceFile } from '../../tasks/subject';
import type { LinkedTopic, OpenConversation } from '../answer/open-conversation';
import { readSource } from '../source-file';
import type { Surface } from '../surface';
import { askQuestion } from './ask-question';
import { openFiles, pickFiles } from './pick-files';

interface Chosen {
  readonly source: SourceFile;
  readonly uri: vscode.Uri;
}

/** A question over several files: chosen ones, or those open in editors. */
export class AskSurface {
  constructor(
    private readonly surface: Surface,
    private readonly open: OpenConversation,
    /** How an answer must write down edits. */
    private readonly editFormat: OurText,
  ) {}

  /** `uris`: files chosen elsewhere, such as in the explorer; without them the user picks. */
  async start(uris?: readonly vscode.Uri[]): Promise<void> {
    const picked = uris ?? (await pickFiles());
    if (picked !== undefined) await this.#ask(picked, true);
  }

  async startWithOpenEditors(): Promise<void> {
    await this.#ask(openFiles(), false);
  }

  async #ask(uris: readonly vscode.Uri[], pickedByHand: boolean): Promise<void> {
    const files = await this.#read(uris, pickedByHand);
    if (files.length === 0) {
      this.#tell('None of these files can be read as text. Choose others.');
      return;
    }
    const topic = this.#topic(files);
    const question = await askQuestion(files.length, (typed) => this.#forecast(topic, typed));
    if (question !== undefined) await this.open(topic).ask(question);
  }

  #topic(files: readonly Chosen[]): LinkedTopic {
    const sources = files.map(({ source }) => source);
    const [first] = sources;
    return {
      task: 'ask',
      title:
        files.length === 1 && first !== undefined
          ? `Ask about ${first.name}`
          : `Ask about ${String(files.length)} files`,
      languageId: mostCommon(sources.map(({ languageId }) => languageId)),
      code: sources.map(({ text }) => text).join('\n'),
      files: files.length,
      known: new Map(files.map(({ source, uri }) => [source.name, uri])),
      sources,
      draft: (question, history, contextChars) =>
        askPrompt({ files: sources, question, history, editFormat: this.editFormat }, contextChars),
    };
  }

  #forecast(topic: LinkedTopic, question: string): string {
    const decision = this.surface.forecast({
      task: 'ask',
      languageId: topic.languageId,
      instruction: question,
      code: topic.code,
      files: topic.files,
      draft: (contextChars) => topic.draft(question, [], contextChars),
    });
    return this.surface.forecastWords(decision);
  }

  async #read(uris: readonly vscode.Uri[], pickedByHand: boolean): Promise<readonly Chosen[]> {
    const opened = await Promise.allSettled(uris.map((uri) => vscode.workspace.openTextDocument(uri)));
    return opened.flatMap((result): Chosen[] => {
      if (result.status === 'rejected') return [];
      const read = readSource(result.value, pickedByHand);
      return read.kind === 'source' ? [{ source: read.source, uri: result.value.uri }] : [];
    });
  }

  #tell(message: string): void {
    this.surface.reply({ severity: 'info', message, actions: [] });
  }
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'plaintext';
}
