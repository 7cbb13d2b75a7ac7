import type { LocalModel } from '../../models/model';
import type { ModelInfo, ProviderState } from '../../models/provider';

/** One thing that can answer local requests: Ollama, a server that speaks OpenAI's API, the engine inside. */
export interface LocalEngine {
  /** The provider in `ModelRef`s. */
  readonly provider: string;
  /** For the status bar: "Ollama", "the engine inside". */
  readonly name: string;
  /** Is it there, and with which models? Never throws. */
  readonly look: () => Promise<EngineLook>;
  /** Undefined for a model it does not have, or that does not run locally. */
  readonly local: (id: string) => LocalModel | undefined;
  /** Loads a model ahead of its first request, where the engine can; throws `ModelError`. */
  readonly warm?: (id: string) => Promise<void>;
}

/** What one look at an engine found. */
export interface EngineLook {
  readonly provider: string;
  readonly name: string;
  readonly state: ProviderState;
  readonly installed: readonly ModelInfo[];
}

/** An engine that is not set up, or not to be asked, and why. */
export const absent = (provider: string, name: string, reason: string): LocalEngine => ({
  provider,
  name,
  look: () => Promise.resolve({ provider, name, state: { kind: 'unconfigured', reason }, installed: [] }),
  local: () => undefined,
});
