import * as z from 'zod';
import { systemClock, type Clock } from '../../base/clock';
import { ModelError } from '../failure';
import { fimTemplateFor } from '../fim-templates';
import type { CloudModel, LocalModel } from '../model';
import type { ProviderState } from '../provider';
import { TokenRatio } from '../tokens';
import type { TaggedModel } from './abilities';
import { modelInfo, Show, Tags, type OllamaModelInfo } from './abilities';
import { ask, type OllamaEndpoint } from './client';
import type { QuestionLimits } from '../wire/question';
import { isCloudHost, runsInCloud } from './cloud';
import { localModel, ollamaCloudModel, type OllamaModelContext } from './model';
import { DEFAULT_LOAD, type OllamaLoad } from './options';
import { pullModel, type PullProgress } from './pull';

/** For questions the server answers from memory. In ms. */
const QUESTION_MS = 5000;
/** Reading 20 GB from a slow disk into memory. In ms. */
const LOADING_MS = 180_000;
/**
 * A name can be pointed at another model at any time, also at one in Ollama's cloud (`ollama cp`): so what a name
 * means is asked again before a call once it is older than this. In ms.
 */
const KNOWN_FOR_MS = 60_000;
/** `/api/show` reads the model's file header; a list of fifty models must not open fifty sockets. */
const SHOWS_AT_ONCE = 4;

/** A model that is loaded now. */
export interface RunningModel {
  readonly id: string;
  readonly sizeBytes: number;
  /** Bytes in the GPU's memory; less than `sizeBytes` means part of it runs on the CPU. */
  readonly gpuBytes: number;
  readonly contextTokens?: number;
  /** When it will be unloaded, in ms since 1970. */
  readonly expiresAt?: number;
}

const Running = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        size: z.number().optional(),
        size_vram: z.number().optional(),
        context_length: z.number().optional(),
        expires_at: z.string().optional(),
      }),
    )
    .nullish(),
});

export interface OllamaSettings extends OllamaEndpoint {
  /** How each model is loaded; must give the same answer for a model until the window ends, or the model reloads. */
  readonly load?: (model: string) => Partial<OllamaLoad>;
}

/** The Ollama server at one address. */
export class OllamaProvider {
  readonly #known = new Map<string, OllamaModelInfo>();
  /** When each was asked about, by the clock's `monotonic`, in ms. */
  readonly #askedAt = new Map<string, number>();
  readonly #ratios = new Map<string, TokenRatio>();
  /** Asked for each decision, and an address takes long to read. */
  readonly #isCloudHost: boolean;

  constructor(
    private readonly settings: OllamaSettings,
    private readonly clock: Clock = systemClock,
  ) {
    this.#isCloudHost = isCloudHost(settings.host);
  }

  /** Is the server there? Never throws. */
  async probe(signal?: AbortSignal): Promise<ProviderState> {
    try {
      const answer = await ask(this.settings, '', this.#limits(signal), (client) => client.version());
      const version = z.object({ version: z.string() }).safeParse(answer);
      if (!version.success)
        return { kind: 'down', reason: `What answers at ${this.settings.host} is not Ollama.` };
      return { kind: 'ready', version: version.data.version };
    } catch (error) {
      return {
        kind: 'down',
        reason: error instanceof ModelError ? error.message : 'Ollama cannot be reached.',
      };
    }
  }

  /** The installed models with their abilities, also those that run in Ollama's cloud. Throws `ModelError`. */
  async list(signal?: AbortSignal): Promise<readonly OllamaModelInfo[]> {
    const limits = this.#limits(signal);
    const askedAt = this.clock.monotonic();
    const answer = await ask(this.settings, '', limits, (client) => client.list());
    const tagged = parse(Tags, answer).models ?? [];
    const infos: OllamaModelInfo[] = [];
    for (let at = 0; at < tagged.length; at += SHOWS_AT_ONCE) {
      const some = tagged.slice(at, at + SHOWS_AT_ONCE);
      infos.push(...(await Promise.all(some.map((model) => this.#describe(model, signal)))));
    }
    this.#known.clear();
    for (const info of infos) this.#keep(info, askedAt);
    return infos;
  }

  /** The models loaded now. Throws `ModelError`. */
  async running(signal?: AbortSignal): Promise<readonly RunningModel[]> {
    const answer = await ask(this.settings, '', this.#limits(signal), (client) => client.ps());
    return (parse(Running, answer).models ?? []).map((model) => {
      const expiresAt = Date.parse(model.expires_at ?? '');
      return {
        id: model.name,
        sizeBytes: model.size ?? 0,
        gpuBytes: model.size_vram ?? 0,
        ...(model.context_length === undefined ? {} : { contextTokens: model.context_length }),
        ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
      };
    });
  }

  /** Loads a model ahead of its first request, with the very options its requests will have. Throws `ModelError`. */
  async warm(model: string, signal?: AbortSignal): Promise<void> {
    const load = this.#load(model);
    const info = await this.#info(model, signal);
    if (info.ref.place === 'cloud') return;
    await ask(this.settings, model, { ...this.#limits(signal), timeoutMs: LOADING_MS }, (client) =>
      client.generate({
        model,
        prompt: '',
        keep_alive: load.keepAlive,
        options: { num_ctx: load.contextTokens },
        stream: false,
      }),
    );
  }

  pull(model: string, signal: AbortSignal): AsyncIterable<PullProgress> {
    return pullModel(this.settings, model, signal);
  }

  /** Undefined for a model that is known, by its name or its list entry, to run in Ollama's cloud. */
  local(id: string): LocalModel | undefined {
    if (this.#isCloudHost || runsInCloud(id)) return undefined;
    const known = this.#known.get(id) ?? this.#known.get(`${id}:latest`);
    if (known?.ref.place === 'cloud') return undefined;
    // Of a model not listed yet its name tells as much as will be needed; the rest is asked before the first call.
    const canInfill = known?.abilities.infill ?? fimTemplateFor(id) !== undefined;
    return localModel(id, canInfill, this.#context(id));
  }

  /** For models that run in Ollama's cloud; undefined for local ones. */
  cloud(id: string): CloudModel | undefined {
    const cloud = this.#isCloudHost || runsInCloud(id) || this.#known.get(id)?.ref.place === 'cloud';
    return cloud ? ollamaCloudModel(id, this.#context(id)) : undefined;
  }

  #limits(signal: AbortSignal | undefined): QuestionLimits {
    return { clock: this.clock, timeoutMs: QUESTION_MS, signal };
  }

  #context(id: string): OllamaModelContext {
    let ratio = this.#ratios.get(id);
    if (ratio === undefined) this.#ratios.set(id, (ratio = new TokenRatio('ollama')));
    const info = (signal: AbortSignal): Promise<OllamaModelInfo> => this.#info(id, signal);
    return { endpoint: this.settings, load: this.#load(id), ratio, clock: this.clock, info };
  }

  #load(id: string): OllamaLoad {
    const load = { ...DEFAULT_LOAD, ...this.settings.load?.(id) };
    const most = this.#known.get(id)?.contextTokens ?? Infinity;
    return { ...load, contextTokens: Math.min(load.contextTokens, most) };
  }

  async #info(id: string, signal?: AbortSignal): Promise<OllamaModelInfo> {
    const known = this.#known.get(id) ?? this.#known.get(`${id}:latest`);
    const askedAt = this.clock.monotonic();
    if (known !== undefined && askedAt - (this.#askedAt.get(known.ref.id) ?? -Infinity) < KNOWN_FOR_MS)
      return known;
    const info = modelInfo(known?.ref.id ?? id, undefined, await this.#show(id, signal));
    // The size is told by the list alone.
    return this.#keep({ ...known, ...info }, askedAt);
  }

  #keep(info: OllamaModelInfo, askedAt: number): OllamaModelInfo {
    this.#known.set(info.ref.id, info);
    this.#askedAt.set(info.ref.id, askedAt);
    return info;
  }

  async #describe(tagged: z.infer<typeof TaggedModel>, signal?: AbortSignal): Promise<OllamaModelInfo> {
    // Servers that name the abilities in the list save a question per model.
    if (tagged.capabilities) return modelInfo(tagged.name, tagged, undefined);
    try {
      return modelInfo(tagged.name, tagged, await this.#show(tagged.name, signal));
    } catch (error) {
      if (error instanceof ModelError && error.kind === 'cancelled') throw error;
      return modelInfo(tagged.name, tagged, undefined);
    }
  }

  async #show(model: string, signal?: AbortSignal): Promise<z.infer<typeof Show>> {
    const limits = this.#limits(signal);
    return parse(Show, await ask(this.settings, model, limits, (client) => client.show({ model })));
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.infer<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new ModelError('protocol', 'What answers in place of Ollama does not speak its language.');
}
