import { randomUUID } from 'node:crypto';
import type { CompletionModel, FimRequest } from '../../completion/types';
import { estimateTokens } from '../../models/tokens';
import type { FileRef } from '../../privacy/files/file-ref';
import { NOTHING_TO_REPORT } from '../../privacy/report';
import type { CloudPrompt, YardRequest } from '../../routing/request';
import type { Yard } from '../../routing/yard';
import { callOptions } from '../../tasks/call-options';
import { completionPrompt } from '../../tasks/complete';
import type { CloudGate } from '../requests';

export interface YardModelParts {
  readonly yard: Pick<Yard, 'submit'>;
  readonly gate: CloudGate;
  /** The open document that a path of the engine names; undefined where none or more than one does. */
  readonly documentOf: (path: string) => { readonly file: FileRef; readonly text: string } | undefined;
}

/** Ids of engine requests kept for verdicts that come later; more are not on any screen. */
const REMEMBERED = 500;

/** The model behind the ghost-text engine: each of its requests goes through the yard, decided, metered and written down. */
export class YardModel implements CompletionModel {
  /** Engine request → yard request, oldest first. */
  readonly #ids = new Map<string, string>();

  constructor(private readonly parts: YardModelParts) {}

  /** The yard's id of a request of the engine, for the verdict on what it gave. */
  yardId(engineId: string): string | undefined {
    return this.#ids.get(engineId);
  }

  async *complete(request: FimRequest, signal: AbortSignal): AsyncIterable<string> {
    const ticket = this.parts.yard.submit(this.#request(request));
    const cancel = (): void => ticket.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    let wrote = false;
    try {
      for await (const event of ticket.events) {
        // What a second model writes does not carry on the first one's text.
        if (event.type === 'attempt' && wrote) break;
        if (event.type !== 'text') continue;
        wrote = true;
        yield event.text;
      }
      const { result } = await ticket.outcome;
      if (result.kind === 'failed') throw new Error(result.failure);
      if (result.kind === 'refused') throw new Error(result.rule);
    } finally {
      signal.removeEventListener('abort', cancel);
      // The engine left because it has all it can show: what came is the answer, and the server may stop.
      ticket.enough();
    }
  }

  #request(request: FimRequest): YardRequest {
    const id = randomUUID();
    this.#remember(request.id, id);
    const text = request.prefix + request.suffix;
    const options = callOptions('complete', 0);
    const limits = { maxOutputTokens: request.maxTokens, ...(request.singleLine && { stop: ['\n'] }) };
    return {
      id,
      task: 'complete',
      features: {
        languageId: request.languageId,
        instruction: '',
        subjectText: text,
        promptTokens: estimateTokens(text.length, 'ollama'),
        codeLines: 0,
        files: 1 + request.context.length,
        outsideNames: 0,
      },
      prompts: {
        local: () => ({
          kind: 'infill',
          prompt: {
            context: request.context,
            path: request.path,
            prefix: request.prefix,
            suffix: request.suffix,
          },
        }),
        cloud: () => this.#cloudPrompt(request),
      },
      options: { local: { ...options.local, ...limits }, cloud: { ...options.cloud, ...limits } },
    };
  }

  /** Context files stay at home: what they are worth for one line is not worth their price. */
  async #cloudPrompt(request: FimRequest): Promise<CloudPrompt> {
    const document = this.parts.documentOf(request.path);
    const start = document?.text.indexOf(request.prefix + request.suffix) ?? -1;
    // Typed on since, closed, or not to be told apart from another: then nothing is sent.
    if (document === undefined || start < 0)
      return { ok: false, rule: 'outside-workspace', report: NOTHING_TO_REPORT };
    const caret = start + request.prefix.length;
    const end = caret + request.suffix.length;
    return this.parts.gate.prepare(
      completionPrompt({ file: document.file, document: document.text, start, caret, end }),
    );
  }

  #remember(engineId: string, yardId: string): void {
    this.#ids.set(engineId, yardId);
    const [oldest] = this.#ids.keys();
    if (this.#ids.size > REMEMBERED && oldest !== undefined) this.#ids.delete(oldest);
  }
}
