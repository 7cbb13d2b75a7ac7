import { systemClock, type Clock } from '../../base/clock';
import { ModelError } from '../failure';
import type { CloudModel } from '../model';
import { promptCharacters } from '../prompt-characters';
import type { ModelInfo, ProviderState } from '../provider';
import { TokenRatio } from '../tokens';
import { Wire } from '../wire/guarded-fetch';
import { streamedCall } from '../wire/streamed-call';
import { CacheMemory } from './cache-memory';
import { ClaudeCall } from './call';
import { CLAUDE_BASE_URL, connect, loadSdk, type ClaudeEndpoint } from './client';
import { claudeFailure } from './failure';
import { question } from '../wire/question';
import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import { contextTokensOf, FALLBACK_MODELS, modelInfoOf } from './models';
import { messageParams } from './request';
import { SentPrefixes, type PrefixPart } from './sent-prefixes';

/** For questions that generate nothing. In ms. */
const QUESTION_MS = 10_000;
/** How long a key that was read ahead waits for its call: the privacy gate takes a few, a preview minutes. In ms. */
const AHEAD_MS = 1_000;
/** The API's longest page; there are some twenty models. */
const PAGE = 100;

export interface ClaudeSettings {
  /** Read anew for each call; undefined where the user has given none. Never kept beyond it, logged or shown. */
  readonly apiKey: () => Promise<string | undefined>;
  readonly baseURL?: string;
}

export type KeyTest = { readonly ok: true } | { readonly ok: false; readonly error: ModelError };

/** Claude at one address. */
export class ClaudeProvider {
  readonly #ratios = new Map<string, TokenRatio>();
  readonly #cache = new CacheMemory();
  readonly #contexts = new Map<string, number>();
  readonly #prefixes: SentPrefixes;
  #ahead: { readonly endpoint: Promise<ClaudeEndpoint>; readonly stopWaiting: () => void } | undefined;

  constructor(
    private readonly settings: ClaudeSettings,
    private readonly clock: Clock = systemClock,
  ) {
    this.#prefixes = new SentPrefixes(clock);
  }

  cloud(id: string): CloudModel {
    const ratio = this.#ratios.get(id) ?? new TokenRatio('claude');
    this.#ratios.set(id, ratio);
    return {
      ref: { provider: 'claude', id, place: 'cloud' },
      contextTokens: this.#contexts.get(id) ?? contextTokensOf(id),
      prepare: () => this.#prepare(),
      chat: (prompt, options, signal) => {
        // Once a call: a second try is no sign that the prompt will come again.
        let known: number | undefined;
        const worthCaching = (parts: readonly PrefixPart[]): number =>
          (known ??= this.#prefixes.worthCaching(id, parts));
        const call = new ClaudeCall({
          endpoint: () => this.#endpoint(),
          params: () => messageParams(id, prompt, options, worthCaching),
          promptCharacters: promptCharacters(prompt),
          ratio,
          cache: this.#cache,
          clock: this.clock,
        });
        return streamedCall(call, options, signal, this.clock);
      },
    };
  }

  /** Does the API accept this key? Asks for the list of models, which costs nothing. Never throws. */
  async testKey(apiKey: string, signal?: AbortSignal): Promise<KeyTest> {
    try {
      await this.#models({ baseURL: this.#baseURL, apiKey }, 1, signal);
      return { ok: true };
    } catch (error) {
      return {
        ok: false,
        error: error instanceof ModelError ? error : claudeFailure(error, this.clock.now()),
      };
    }
  }

  /** Is the API there, and the key good? Never throws. */
  async probe(signal?: AbortSignal): Promise<ProviderState> {
    const apiKey = await this.settings.apiKey();
    if (apiKey === undefined) return { kind: 'unconfigured', reason: 'No Claude API key has been entered.' };
    const test = await this.testKey(apiKey, signal);
    if (test.ok) return { kind: 'ready' };
    const { kind, message } = test.error;
    return kind === 'bad-key' || kind === 'forbidden'
      ? { kind: 'unconfigured', reason: message }
      : { kind: 'down', reason: message };
  }

  /** The models the key may use, newest first as the API lists them; retired ones are left out. Throws `ModelError`. */
  async list(signal?: AbortSignal): Promise<readonly ModelInfo[]> {
    const infos = (await this.#models(await this.#endpoint(), PAGE, signal)).map(modelInfoOf);
    for (const info of infos)
      if (info.contextTokens !== undefined) this.#contexts.set(info.ref.id, info.contextTokens);
    return infos;
  }

  /** As `list`, or the defaults by name while the API does not answer. */
  async listOrDefaults(signal?: AbortSignal): Promise<readonly ModelInfo[]> {
    return this.list(signal).catch(() => FALLBACK_MODELS);
  }

  get #baseURL(): string {
    return this.settings.baseURL ?? CLAUDE_BASE_URL;
  }

  /** The editor's key store is another process: asked beside the gate and the budget, not behind them. */
  #prepare(): void {
    loadSdk().catch(() => undefined);
    const endpoint = this.#askForKey();
    endpoint.catch(() => undefined);
    this.#ahead?.stopWaiting();
    const stopWaiting = this.clock.after(AHEAD_MS, () => (this.#ahead = undefined));
    this.#ahead = { endpoint, stopWaiting };
  }

  #endpoint(): Promise<ClaudeEndpoint> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    ahead?.stopWaiting();
    return ahead?.endpoint ?? this.#askForKey();
  }

  async #askForKey(): Promise<ClaudeEndpoint> {
    const apiKey = await this.settings.apiKey();
    if (apiKey === undefined || apiKey === '') throw new ModelError('no-key', 'Claude needs an API key.');
    return { baseURL: this.#baseURL, apiKey };
  }

  #models(endpoint: ClaudeEndpoint, limit: number, signal?: AbortSignal): Promise<ApiModel[]> {
    const limits = { clock: this.clock, timeoutMs: QUESTION_MS, signal };
    const ask = async (own: AbortSignal): Promise<ApiModel[]> => {
      const wire = new Wire(own, { server: 'Claude', streamTypes: [] });
      const client = await connect(endpoint, wire);
      const page = await client.models.list({ limit }, { signal: own });
      if (!Array.isArray(page.data))
        throw new ModelError('protocol', 'What answers in place of Claude is not its API.');
      return page.data.filter((model) => model.lifecycle !== 'retired');
    };
    return question('Claude', limits, ask, (error) => claudeFailure(error, this.clock.now()));
  }
}
