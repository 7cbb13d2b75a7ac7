import { state, type Store } from 'callbag-recharge';
import type { ModelInfo, ProviderState } from '../../models/provider';
import type { Settings } from '../settings/settings';
import { chooseModels, hasOnlyStandIn, type Choices } from './choose-models';
import { machine } from './machine';
import type { EngineLook, LocalEngine } from './local-engine';

/** What the local track has to offer now. */
export interface LocalModels extends Choices {
  readonly state: ProviderState;
  /** What answers, in words: "Ollama 0.33.0", "the engine inside", "a stand-in model". */
  readonly engine: string;
  /** The provider that answers, or the first that would. */
  readonly provider: string;
  /** The models of the next engine in line, for requests whose engine goes away under them. */
  readonly standby: Choices;
  /** The models of every engine that is there. */
  readonly installed: readonly ModelInfo[];
  /** Each engine as it was seen, the preferred one first. */
  readonly looks: readonly EngineLook[];
}

const NO_LOCAL_MODELS: LocalModels = {
  state: { kind: 'unconfigured', reason: 'not looked at yet' },
  engine: 'Ollama',
  provider: 'ollama',
  standby: {},
  installed: [],
  looks: [],
};

/** The engine that answers and those it stands in for: when one of these goes or comes back, something changes. */
export function tracksToWatch({
  looks,
  provider,
  state: seen,
}: LocalModels): readonly Pick<EngineLook, 'provider' | 'state'>[] {
  if (looks.length === 0) return [{ provider, state: seen }];
  return looks.slice(0, looks.findIndex((look) => look.provider === provider) + 1);
}

/** Looks at the engines: which is there, what has it installed, which models are to be used, and why. */
export class LocalModelWatch {
  readonly #models = state<LocalModels>(NO_LOCAL_MODELS, { name: 'local-models' });
  /** The latest look wins, also over slower ones begun before. */
  #looks = 0;
  /** Some engine has answered in this window. */
  #everThere = false;

  constructor(private readonly wanted: () => Settings['models']) {}

  get models(): Store<LocalModels> {
    return this.#models;
  }

  /** `engines`: the preferred one first. Never throws: what cannot be found out is part of the answer. */
  async look(engines: readonly LocalEngine[]): Promise<LocalModels> {
    this.#looks += 1;
    const look = this.#looks;
    const looks = await Promise.all(engines.map((engine) => engine.look()));
    const found = this.#summary(looks);
    if (look === this.#looks) this.#models.set(found);
    return found;
  }

  #summary(looks: readonly EngineLook[]): LocalModels {
    const { engine, choices, standby } = chooseModels(looks, this.wanted(), machine());
    const chosen = engine ?? looks[0];
    if (chosen === undefined) return NO_LOCAL_MODELS;
    this.#everThere ||= engine !== undefined;
    return {
      state: engine?.state ?? nothingThere(looks, this.#everThere),
      engine: hasOnlyStandIn(choices) ? 'a stand-in model' : chosen.name,
      provider: chosen.provider,
      standby,
      installed: looks.flatMap(({ installed }) => installed),
      looks,
      ...choices,
    };
  }
}

/**
 * Why there is no local track: each engine's reason, the preferred one's first. Only what was there before is down: who
 * has installed nothing needs no warning.
 */
function nothingThere(looks: readonly EngineLook[], everThere: boolean): ProviderState {
  const reasons = looks.flatMap(({ state: seen }) => (seen.kind === 'ready' ? [] : [seen.reason]));
  const reason = reasons.join(' ');
  return everThere && looks.some(({ state: seen }) => seen.kind === 'down')
    ? { kind: 'down', reason }
    : { kind: 'unconfigured', reason };
}
