import * as vscode from 'vscode';
import type { Decision } from '../../routing/decision';
import { askPrompt } from '../../tasks/ask';
import { CONTEXT_CHARS } from '../../tasks/call-options';
import type { Draft, OurText } from '../../privacy/draft';
import type { FileRules } from '../../privacy/files/file-rules';
import type { SourceFile } from '../../tasks/subject';
import type { LinkedTopic, OpenConversation } from '../answer/open-conversation';
import { readSource } from '../source-file';
import type { Surface } from '../surface';
import { typeWords } from '../window/type-words';
import { openFiles, pickFiles } from './pick-files';

interface Chosen {
  readonly source: SourceFile;
  readonly uri: vscode.Uri;
}

interface Asked {
  readonly topic: LinkedTopic;
  readonly question: string;
}

/** A question over several files: chosen ones, or those open in editors. */
export class AskSurface {
  constructor(
    private readonly surface: Surface,
    private readonly open: OpenConversation,
    private readonly rules: Pick<FileRules, 'check'>,
    /** How an answer must write down edits. */
    private readonly editFormat: OurText,
  ) {}

  /** `uris`: files chosen elsewhere, such as in the explorer; without them the user picks. */
  async start(uris?: readonly vscode.Uri[]): Promise<void> {
    const picked = uris ?? (await pickFiles(this.rules));
    if (picked !== undefined) await this.#ask(picked, true);
  }

  async startWithOpenEditors(): Promise<void> {
    await this.#ask(openFiles(), false);
  }

  /** Shows what a question over files that the user picks would send. */
  async preview(): Promise<void> {
    const picked = await pickFiles(this.rules);
    const asked = picked && (await this.#question(picked, true));
    if (asked !== undefined) await this.surface.preview(cloudDraft(asked.topic, asked.question));
  }

  async #ask(uris: readonly vscode.Uri[], pickedByHand: boolean): Promise<void> {
    const asked = await this.#question(uris, pickedByHand);
    if (asked !== undefined) await this.open(asked.topic).ask(asked.question);
  }

  /** Has the user type a question over these files. */
  async #question(uris: readonly vscode.Uri[], pickedByHand: boolean): Promise<Asked | undefined> {
    const files = await this.#read(uris, pickedByHand);
    if (files.length === 0) {
      this.#tell('None of these files can be read as text. Choose others.');
      return undefined;
    }
    const topic = this.#topic(files);
    const forecast = this.#forecast(topic);
    const question = await typeWords({
      title:
        files.length === 1
          ? `Ask about 1 file: ${topic.sources[0]?.name ?? ''}`
          : `Ask about ${String(files.length)} files`,
      placeholder: 'What do you want to know, or to have changed?',
      below: (typed) => this.surface.forecastWords(forecast(typed)),
    });
    return question === undefined ? undefined : { topic, question };
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

  #forecast(topic: LinkedTopic): (question: string) => Decision {
    return this.surface.forecast({
      task: 'ask',
      languageId: topic.languageId,
      instruction: '',
      code: topic.code,
      files: topic.files,
      draft: (contextChars) => topic.draft('', [], contextChars),
    });
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

const cloudDraft = (topic: LinkedTopic, question: string): Draft =>
  topic.draft(question, [], CONTEXT_CHARS.ask.cloud);

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'plaintext';
}
