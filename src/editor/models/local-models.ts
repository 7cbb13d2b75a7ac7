import { totalmem } from 'node:os';
import { state, type Store } from 'callbag-recharge';
import type { ModelRef } from '../../models/model';
import { chooseCompleter, chooseExplainer, type Choice } from '../../models/ollama/choose';
import type { OllamaProvider } from '../../models/ollama/provider';
import type { ModelInfo, ProviderState } from '../../models/provider';
import type { Settings } from '../settings/settings';

/** What the local track has to offer now. */
export interface LocalModels {
  readonly state: ProviderState;
  readonly engine: string;
  readonly installed: readonly ModelInfo[];
  readonly complete?: Choice;
  readonly explain?: Choice;
}

export const NO_LOCAL_MODELS: LocalModels = {
  state: { kind: 'unconfigured', reason: 'not looked at yet' },
  engine: 'Ollama',
  installed: [],
};

/** Looks at an engine: is it there, what has it installed, which models are to be used, and why. */
export class LocalModelWatch {
  readonly #models = state<LocalModels>(NO_LOCAL_MODELS, { name: 'local-models' });
  /** The latest look wins, also over slower ones begun before. */
  #looks = 0;

  constructor(private readonly wanted: () => Settings['models']) {}

  get models(): Store<LocalModels> {
    return this.#models;
  }

  unconfigured(reason: string): void {
    this.#looks += 1;
    this.#models.set({ ...NO_LOCAL_MODELS, state: { kind: 'unconfigured', reason } });
  }

  /** Never throws: what cannot be found out is part of the answer. */
  async look(ollama: OllamaProvider): Promise<LocalModels> {
    this.#looks += 1;
    const look = this.#looks;
    const found = await this.#find(ollama);
    if (look === this.#looks) this.#models.set(found);
    return found;
  }

  async #find(ollama: OllamaProvider): Promise<LocalModels> {
    const probed = await ollama.probe();
    if (probed.kind !== 'ready') return { ...NO_LOCAL_MODELS, state: probed };
    const engine = probed.version === undefined ? 'Ollama' : `Ollama ${probed.version}`;
    try {
      return { state: probed, engine, ...choices(await ollama.list(), this.wanted()) };
    } catch {
      return {
        ...NO_LOCAL_MODELS,
        engine,
        state: { kind: 'down', reason: 'Ollama does not list its models.' },
      };
    }
  }
}

/** What the user chose wins, also when it is not installed: the failure then says so and offers to pull it. */
function choices(
  installed: readonly ModelInfo[],
  wanted: Settings['models'],
): Pick<LocalModels, 'installed' | 'complete' | 'explain'> {
  const hardware = { memoryBytes: totalmem() };
  const complete = chosenByUser(installed, wanted.complete) ?? chooseCompleter(installed, hardware);
  const explain =
    chosenByUser(installed, wanted.explain) ?? chooseExplainer(installed, complete?.model, hardware);
  return {
    installed,
    ...(complete !== undefined && { complete }),
    ...(explain !== undefined && { explain }),
  };
}

function chosenByUser(installed: readonly ModelInfo[], id: string): Choice | undefined {
  if (id === '') return undefined;
  const because = 'you chose it in the settings';
  const known = installed.find(({ ref }) => ref.id === id || ref.id === `${id}:latest`);
  if (known !== undefined) return known.ref.place === 'local' ? { model: known, because } : undefined;
  const ref: ModelRef = { provider: 'ollama', id, place: 'local' };
  return {
    model: { ref, displayName: id, abilities: { chat: true, infill: true, thinking: false } },
    because,
  };
}
