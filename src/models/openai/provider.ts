import * as z from 'zod';
import { systemClock, type Clock } from '../../base/clock';
import { CloudText } from '../../privacy/cloud-text';
import { ModelError } from '../failure';
import { fimTemplateFor } from '../fim-templates';
import type { CallOptions, CloudModel, LocalModel, ModelEvent, Place, Prompt } from '../model';
import { infillCharacters, promptCharacters } from '../prompt-characters';
import type { ModelInfo, ProviderState } from '../provider';
import { TokenRatio } from '../tokens';
import { Wire } from '../wire/guarded-fetch';
import { isLoopback } from '../wire/hosts';
import { question } from '../wire/question';
import { streamedCall } from '../wire/streamed-call';
import { OpenAICall, type Reading } from './call';
import { chatMessages, chatParams, readChat } from './chat';
import { connect, rootOf, type OpenAIEndpoint } from './client';
import { openaiFailure } from './failure';
import { readInfill, type InfillSupport } from './infill';

const QUESTION_MS = 5000;
/** Where the server does not say. llama.cpp's usual setting; the smallest of OpenAI's current models. */
const DEFAULT_CONTEXT: Readonly<Record<Place, number>> = { local: 8192, cloud: 128_000 };

export interface OpenAISettings {
  /** Names the provider in a `ModelRef` where there are several such servers; `openai` by default. */
  readonly id?: string;
  /** What the user calls the server: "llama.cpp", "team gateway". */
  readonly name: string;
  /** With its `/v1`. */
  readonly baseURL: string;
  /** Read anew for each call; undefined for servers that want no key. */
  readonly apiKey: () => Promise<string | undefined>;
  /** As the user declared it; by default loopback is local and all else is cloud. */
  readonly place?: Place;
}

/** The fields of an entry of GET /v1/models that OpenAI, llama.cpp (`meta`) and vLLM (`max_model_len`) give. */
const Listed = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      max_model_len: z.number().nullish(),
      meta: z
        .object({
          n_ctx: z.number().optional(),
          n_ctx_train: z.number().optional(),
          size: z.number().optional(),
        })
        .nullish(),
    }),
  ),
});

/** Any server that speaks OpenAI's API: llama.cpp, LM Studio, vLLM, a gateway, OpenAI itself. */
export class OpenAIProvider {
  readonly place: Place;
  readonly #provider: string;
  readonly #known = new Map<string, ModelInfo>();
  readonly #ratios = new Map<string, TokenRatio>();
  readonly #infill: InfillSupport = { llamaCpp: 'unknown' };

  constructor(
    private readonly settings: OpenAISettings,
    private readonly clock: Clock = systemClock,
  ) {
    this.#provider = settings.id ?? 'openai';
    this.place = settings.place ?? (isLoopback(settings.baseURL) ? 'local' : 'cloud');
  }

  /** Is the server there, and the key good? Never throws. */
  async probe(signal?: AbortSignal): Promise<ProviderState> {
    try {
      await this.list(signal);
      return { kind: 'ready' };
    } catch (error) {
      const reason = error instanceof ModelError ? error.message : `${this.settings.name} cannot be reached.`;
      const keyed = error instanceof ModelError && (error.kind === 'bad-key' || error.kind === 'forbidden');
      return keyed ? { kind: 'unconfigured', reason } : { kind: 'down', reason };
    }
  }

  /** Throws `ModelError`. */
  async list(signal?: AbortSignal): Promise<readonly ModelInfo[]> {
    const limits = { clock: this.clock, timeoutMs: QUESTION_MS, signal };
    const failure = (error: unknown): ModelError =>
      openaiFailure(error, this.settings.name, this.clock.now());
    const ask = async (own: AbortSignal): Promise<unknown> => {
      const client = await connect(
        await this.#endpoint(),
        new Wire(own, { server: this.settings.name, streamTypes: [] }),
      );
      return client.get<unknown>('/models', { signal: own });
    };
    const listed = Listed.safeParse(await question(this.settings.name, limits, ask, failure));
    if (!listed.success)
      throw new ModelError('protocol', `${this.settings.name} does not speak OpenAI's API.`);
    const infos = listed.data.data.map((model) => this.#describe(model));
    this.#known.clear();
    for (const info of infos) this.#known.set(info.ref.id, info);
    return infos;
  }

  /** Undefined where the server is a cloud. */
  local(id: string): LocalModel | undefined {
    if (this.place !== 'local') return undefined;
    return {
      ref: { provider: this.#provider, id, place: 'local' },
      contextTokens: this.#contextTokens(id),
      chat: (prompt, options, signal) => this.#chat(id, prompt, (text) => text, options, signal),
      infill: (prompt, options, signal) => {
        const root = rootOf(this.settings.baseURL);
        const read: Reading = (client, ending, meter, estimate) =>
          readInfill(client, root, id, prompt, options, ending, meter, this.#infill, estimate);
        return this.#call(id, read, infillCharacters(prompt), options, signal);
      },
    };
  }

  /** Undefined where the server is local. */
  cloud(id: string): CloudModel | undefined {
    if (this.place !== 'cloud') return undefined;
    return {
      ref: { provider: this.#provider, id, place: 'cloud' },
      contextTokens: this.#contextTokens(id),
      chat: (prompt, options, signal) =>
        this.#chat(id, prompt, (text) => CloudText.reveal(text), options, signal),
    };
  }

  #chat<Text extends { readonly length: number }>(
    id: string,
    prompt: Prompt<Text>,
    reveal: (text: Text) => string,
    options: CallOptions,
    signal: AbortSignal,
  ): AsyncIterable<ModelEvent> {
    const endpoint = { baseURL: this.settings.baseURL, place: this.place };
    // The moment of sending: here the text is revealed.
    const read: Reading = (client, ending, meter, estimate) => {
      const params = chatParams(endpoint, id, chatMessages(prompt, reveal), options);
      return readChat(client, params, ending, meter, estimate);
    };
    return this.#call(id, read, promptCharacters(prompt), options, signal);
  }

  #call(
    id: string,
    read: Reading,
    promptCharacters: number,
    options: CallOptions,
    signal: AbortSignal,
  ): AsyncIterable<ModelEvent> {
    const ratio = this.#ratios.get(id) ?? new TokenRatio('openai');
    this.#ratios.set(id, ratio);
    const plan = {
      endpoint: () => this.#endpoint(),
      name: this.settings.name,
      read,
      promptCharacters,
      ratio,
      clock: this.clock,
    };
    return streamedCall(new OpenAICall(plan), options, signal, this.clock);
  }

  async #endpoint(): Promise<OpenAIEndpoint> {
    const apiKey = await this.settings.apiKey();
    const { name, baseURL } = this.settings;
    return { name, baseURL, place: this.place, ...(apiKey === undefined ? {} : { apiKey }) };
  }

  #contextTokens(id: string): number {
    return this.#known.get(id)?.contextTokens ?? DEFAULT_CONTEXT[this.place];
  }

  #describe(model: z.infer<typeof Listed>['data'][number]): ModelInfo {
    const contextTokens = model.max_model_len ?? model.meta?.n_ctx ?? model.meta?.n_ctx_train;
    return {
      ref: { provider: this.#provider, id: model.id, place: this.place },
      displayName: model.id,
      ...(model.meta?.size === undefined ? {} : { sizeBytes: model.meta.size }),
      ...(contextTokens === undefined ? {} : { contextTokens }),
      abilities: {
        chat: !/embed/i.test(model.id),
        // Until the first completion tells, the name does.
        infill:
          this.place === 'local' &&
          (this.#infill.llamaCpp === 'yes' || fimTemplateFor(model.id) !== undefined),
        thinking: false,
      },
    };
  }
}
