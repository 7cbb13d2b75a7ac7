import { state, type Store } from 'callbag-recharge';
import { ClaudeProvider } from '../../models/claude/provider';
import type { ModelRef, Place } from '../../models/model';
import { OllamaProvider } from '../../models/ollama/provider';
import type { ProviderState } from '../../models/provider';
import type { ModelDirectory } from '../../routing/policy';
import type { Keys } from '../secrets';
import type { Settings } from '../settings/settings';
import { readEndpoint, type EndpointConsent } from './endpoint-consent';
import { LocalModelWatch, type LocalModels } from './local-models';

export interface ProvidersParts {
  readonly settings: Store<Settings>;
  readonly keys: Keys;
  readonly consent: EndpointConsent;
}

/** An address off this machine that the user has not agreed to yet. */
export interface WaitingEndpoint {
  readonly url: string;
  readonly host: string;
  readonly plainHttp: boolean;
}

/** The providers at the addresses of the settings, and what they have to offer. */
export class Providers {
  readonly #watch: LocalModelWatch;
  readonly #waiting = state<WaitingEndpoint | undefined>(undefined, { name: 'endpoint-consent' });
  #ollama: { readonly url: string; readonly provider: OllamaProvider } | undefined;
  #claude: { readonly url: string; readonly provider: ClaudeProvider } | undefined;

  constructor(private readonly parts: ProvidersParts) {
    this.#watch = new LocalModelWatch(() => parts.settings.get().models);
  }

  get localModels(): Store<LocalModels> {
    return this.#watch.models;
  }

  /** Set while an address waits for the user's yes. */
  get waitingForConsent(): Store<WaitingEndpoint | undefined> {
    return this.#waiting;
  }

  get claude(): ClaudeProvider {
    const url = this.parts.settings.get().endpoints.claude;
    if (this.#claude?.url !== url) {
      const apiKey = (): Promise<string | undefined> => this.parts.keys.claude();
      this.#claude = { url, provider: new ClaudeProvider({ apiKey, ...(url !== '' && { baseURL: url }) }) };
    }
    return this.#claude.provider;
  }

  /** Undefined where the address is no address, or waits for the user's yes. */
  get ollama(): OllamaProvider | undefined {
    const endpoint = readEndpoint(this.parts.settings.get().endpoints.ollama);
    if (endpoint.kind === 'invalid') return undefined;
    if (endpoint.kind === 'elsewhere' && !this.parts.consent.isApproved(endpoint.url)) return undefined;
    if (this.#ollama?.url !== endpoint.url) {
      this.#ollama = { url: endpoint.url, provider: new OllamaProvider({ host: endpoint.url }) };
    }
    return this.#ollama.provider;
  }

  /** Looks at the local engine anew: after settings changed, a model was pulled, or it came back. */
  async refresh(): Promise<LocalModels> {
    const endpoint = readEndpoint(this.parts.settings.get().endpoints.ollama);
    const needsConsent = endpoint.kind === 'elsewhere' && !this.parts.consent.isApproved(endpoint.url);
    this.#waiting.set(needsConsent ? endpoint : undefined);
    const { ollama } = this;
    if (ollama !== undefined) return this.#watch.look(ollama);
    const reason =
      endpoint.kind === 'invalid'
        ? `The Ollama address cannot be used: ${endpoint.reason}.`
        : 'The Ollama address is not on this machine and waits for your yes.';
    this.#watch.unconfigured(reason);
    return this.localModels.get();
  }

  /** For the circuit breaker: is this track there? Never throws. */
  async probe({
    provider,
    place,
  }: {
    readonly provider: string;
    readonly place: Place;
  }): Promise<ProviderState> {
    if (provider === 'claude') return this.claude.probe();
    if (provider === 'ollama' && place === 'local') return (await this.refresh()).state;
    return { kind: 'unconfigured', reason: `There is no provider named ${provider}.` };
  }

  readonly directory: ModelDirectory = {
    local: (ref: ModelRef) => (ref.provider === 'ollama' ? this.ollama?.local(ref.id) : undefined),
    cloud: (ref: ModelRef) =>
      ref.provider === 'claude' && this.parts.keys.source.get() !== 'none'
        ? this.claude.cloud(ref.id)
        : undefined,
  };
}
