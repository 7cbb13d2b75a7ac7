import { effect, state, type Store } from 'callbag-recharge';
import { ClaudeProvider } from '../../models/claude/provider';
import { InsideProvider } from '../../models/inside/provider';
import { findWeights } from '../../models/inside/weights/find-weights';
import type { ModelRef, Place } from '../../models/model';
import { OllamaProvider } from '../../models/ollama/provider';
import type { ProviderState } from '../../models/provider';
import type { ModelDirectory } from '../../routing/policy';
import { inBackground } from '../failures';
import type { Keys } from '../secrets';
import type { Settings } from '../settings/settings';
import { readEndpoint, type Endpoint, type EndpointConsent } from './endpoint-consent';
import { insideEngine } from './inside-engine';
import { absent, type LocalEngine } from './local-engine';
import { LocalModelWatch, type LocalModels } from './local-models';
import { sawGpu } from './machine';
import { OffMachineCalls } from './off-machine';
import { ollamaEngine } from './ollama-engine';
import { OpenAIServer, SERVER_NAME } from './openai-server';
import { serverEngine } from './server-engine';

export interface ProvidersParts {
  readonly settings: Store<Settings>;
  readonly keys: Keys;
  readonly consent: EndpointConsent;
  readonly inside: {
    /** The engine's program; undefined where this package comes without one. */
    readonly program: string | undefined;
    /** Where downloaded models go. */
    readonly downloads: string;
  };
}

/** An address off this machine that the user has not agreed to yet. */
export interface WaitingEndpoint {
  readonly url: string;
  readonly host: string;
  readonly plainHttp: boolean;
  /** Whose address it is, to begin a sentence with. */
  readonly server: string;
}

/** The providers at the addresses of the settings, and what they have to offer. */
export class Providers {
  readonly #watch: LocalModelWatch;
  readonly #offMachine = new OffMachineCalls();
  readonly #stop: () => void;
  readonly #waiting = state<WaitingEndpoint | undefined>(undefined, { name: 'endpoint-consent' });
  readonly openai: OpenAIServer;
  readonly inside: InsideProvider;
  #ollama: { readonly url: string; readonly provider: OllamaProvider } | undefined;
  #claude: { readonly url: string; readonly provider: ClaudeProvider } | undefined;

  constructor(private readonly parts: ProvidersParts) {
    const { settings, keys, consent, inside } = parts;
    this.#watch = new LocalModelWatch(() => settings.get().models);
    this.openai = new OpenAIServer(
      () => settings.get().endpoints.openai,
      async () => keys.server(),
      consent,
      () => settings.get().policy.offline,
    );
    this.#stop = effect([settings], () => {
      if (settings.get().policy.offline) this.#offMachine.endAll();
    });
    this.inside = new InsideProvider({
      program: inside.program,
      find: () => findWeights({ chosen: settings.get().insideModel, downloads: inside.downloads }),
    });
  }

  get localModels(): Store<LocalModels> {
    return this.#watch.models;
  }

  /** Nothing is to be fetched from anywhere. */
  get isOffline(): boolean {
    return this.parts.settings.get().policy.offline;
  }

  /** Where downloaded models go. */
  get downloads(): string {
    return this.parts.inside.downloads;
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

  /** Undefined where nothing may be sent to its address now. */
  get ollama(): OllamaProvider | undefined {
    const { endpoint, refusal } = this.#ollamaAddress();
    if (endpoint.kind === 'invalid' || refusal !== undefined) return undefined;
    if (this.#ollama?.url !== endpoint.url) {
      this.#ollama = { url: endpoint.url, provider: new OllamaProvider({ host: endpoint.url }) };
    }
    return this.#ollama.provider;
  }

  /** The local engines, the preferred one first: what the user set up, then Ollama, then the one inside. */
  get engines(): readonly LocalEngine[] {
    const { ollama, openai } = this;
    const server = openai.provider;
    return [
      ...(server?.place === 'local' ? [serverEngine(server, openai.model)] : []),
      ollama === undefined
        ? absent('ollama', 'Ollama', this.#ollamaAddress().refusal ?? '')
        : ollamaEngine(ollama),
      insideEngine(this.inside),
    ];
  }

  /** Looks at the local engines anew: after settings changed, a model came, or an engine went or came back. */
  async refresh(): Promise<LocalModels> {
    this.#waiting.set(this.#endpointWithoutConsent());
    const models = await this.#watch.look(this.engines);
    inBackground('Looking for a GPU', this.#lookForGpu(models));
    return models;
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
    if (provider === 'openai' && place === 'cloud' && this.openai.provider !== undefined)
      return this.openai.provider.probe();
    const look = (await this.refresh()).looks.find((seen) => seen.provider === provider);
    return place === 'local' && look !== undefined
      ? look.state
      : { kind: 'unconfigured', reason: `There is no provider named ${provider}.` };
  }

  readonly directory: ModelDirectory = {
    local: (ref: ModelRef) => {
      const model = this.engines.find(({ provider }) => provider === ref.provider)?.local(ref.id);
      return model !== undefined && this.#isElsewhere(ref.provider) ? this.#offMachine.watched(model) : model;
    },
    cloud: (ref: ModelRef) => {
      if (ref.provider === 'openai') return this.openai.provider?.cloud(ref.id);
      return ref.provider === 'claude' && this.parts.keys.source.get() !== 'none'
        ? this.claude.cloud(ref.id)
        : undefined;
    },
  };

  /** Ends the engine's processes. */
  dispose(): void {
    this.#stop();
    this.inside.dispose();
  }

  #endpointWithoutConsent(): WaitingEndpoint | undefined {
    const addresses = [
      { server: 'Ollama', endpoint: readEndpoint(this.parts.settings.get().endpoints.ollama) },
      { server: `T${SERVER_NAME.slice(1)}`, endpoint: this.openai.endpoint },
    ];
    for (const { server, endpoint } of addresses) {
      if (endpoint?.kind === 'elsewhere' && !this.parts.consent.isApproved(endpoint.url))
        return { ...endpoint, server };
    }
    return undefined;
  }

  #ollamaAddress(): { readonly endpoint: Endpoint; readonly refusal: string | undefined } {
    const { endpoints, policy } = this.parts.settings.get();
    const endpoint = readEndpoint(endpoints.ollama);
    return { endpoint, refusal: this.parts.consent.refusal(endpoint, 'Ollama', policy.offline) };
  }

  #isElsewhere(provider: string): boolean {
    const endpoint = { ollama: this.#ollamaAddress().endpoint, openai: this.openai.endpoint }[provider];
    return endpoint?.kind === 'elsewhere';
  }

  async #lookForGpu({ looks }: LocalModels): Promise<void> {
    if (looks.find(({ provider }) => provider === 'ollama')?.state.kind !== 'ready') return;
    const running = (await this.ollama?.running().catch(() => undefined)) ?? [];
    sawGpu(running.reduce((sum, { gpuBytes }) => sum + gpuBytes, 0));
  }
}
