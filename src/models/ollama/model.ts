import type { Clock } from '../../base/clock';
import { CloudText } from '../../privacy/cloud-text';
import { ModelError } from '../failure';
import type { CallOptions, CloudModel, InfillPrompt, LocalModel, ModelEvent, Prompt } from '../model';
import { infillCharacters, promptCharacters } from '../prompt-characters';
import type { TokenRatio } from '../tokens';
import { streamedCall } from '../wire/streamed-call';
import type { OllamaModelInfo } from './abilities';
import { OllamaCall, type OllamaRequest } from './call';
import type { OllamaEndpoint } from './client';
import type { OllamaLoad } from './options';
import { chatMessages, chatRequest, infillRequest } from './prompts';

export interface OllamaModelContext {
  readonly endpoint: OllamaEndpoint;
  readonly load: OllamaLoad;
  readonly ratio: TokenRatio;
  readonly clock: Clock;
  /** What the server says of the model, asked once; throws `ModelError`. */
  readonly info: (signal: AbortSignal) => Promise<OllamaModelInfo>;
}

/** A model that runs where Ollama runs. */
export function localModel(id: string, canInfill: boolean, context: OllamaModelContext): LocalModel {
  const infill = (
    prompt: InfillPrompt,
    options: CallOptions,
    signal: AbortSignal,
  ): AsyncIterable<ModelEvent> =>
    call(id, context, infillCharacters(prompt), options, signal, async (ending) => {
      const info = await localInfo(id, context, ending);
      return infillRequest(id, info.insert, prompt, context.load, options);
    });
  return {
    ref: { provider: 'ollama', id, place: 'local' },
    contextTokens: context.load.contextTokens,
    chat: (prompt, options, signal) =>
      call(id, context, promptCharacters(prompt), options, signal, async (ending) => {
        await localInfo(id, context, ending);
        const messages = chatMessages(prompt, (text) => text);
        return chatRequest(messages, context.load, options);
      }),
    ...(canInfill ? { infill } : {}),
  };
}

/** A model that Ollama passes on to its cloud: takes nothing but text that has passed the privacy filter. */
export function ollamaCloudModel(id: string, context: OllamaModelContext): CloudModel {
  return {
    ref: { provider: 'ollama', id, place: 'cloud' },
    contextTokens: context.load.contextTokens,
    chat: (prompt: Prompt<CloudText>, options, signal) =>
      call(id, context, promptCharacters(prompt), options, signal, () => {
        // The moment of sending: here the text is revealed.
        const messages = chatMessages(prompt, (text) => CloudText.reveal(text));
        return chatRequest(messages, context.load, options);
      }),
  };
}

function call(
  id: string,
  context: OllamaModelContext,
  promptCharacters: number,
  options: CallOptions,
  signal: AbortSignal,
  request: (signal: AbortSignal) => OllamaRequest | Promise<OllamaRequest>,
): AsyncIterable<ModelEvent> {
  const plan = { endpoint: context.endpoint, model: id, request, promptCharacters, ratio: context.ratio };
  return streamedCall(new OllamaCall(plan), options, signal, context.clock);
}

/** The last gate before a plain text leaves: a name that looked local may still point into Ollama's cloud. */
async function localInfo(
  id: string,
  context: OllamaModelContext,
  signal: AbortSignal,
): Promise<OllamaModelInfo> {
  const info = await context.info(signal);
  if (info.ref.place === 'local') return info;
  throw new ModelError('forbidden', `${id} runs in Ollama's cloud, so it is no local model.`);
}
