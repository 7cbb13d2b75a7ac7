import type { ModelRef } from '../../models/model';
import { chooseCompleter, chooseExplainer, type Choice, type Hardware } from '../../models/ollama/choose';
import type { ModelInfo } from '../../models/provider';
import type { Settings } from '../settings/settings';
import type { EngineLook } from './local-engine';

export interface Choices {
  readonly complete?: Choice;
  readonly explain?: Choice;
}

/**
 * The engine that answers, and its models: the first in the list that is there and has one. A model the user named is
 * taken from whichever engine has it.
 */
export function chooseModels(
  looks: readonly EngineLook[],
  wanted: Settings['models'],
  hardware: Hardware,
): { readonly engine: EngineLook | undefined; readonly choices: Choices } {
  const ready = looks.filter(({ state }) => state.kind === 'ready');
  for (const engine of ready) {
    const choices = choicesOf(engine, ready, wanted, hardware);
    if (choices.complete !== undefined || choices.explain !== undefined) return { engine, choices };
  }
  return { engine: ready[0], choices: {} };
}

function choicesOf(
  engine: EngineLook,
  ready: readonly EngineLook[],
  wanted: Settings['models'],
  hardware: Hardware,
): Choices {
  const { installed } = engine;
  const real = installed.filter(({ ref }) => ref.standIn !== true);
  // A stand-in is taken only where there is nothing else.
  const offered = real.length > 0 ? real : installed;
  const complete = chosenByUser(engine, ready, wanted.complete) ?? chooseCompleter(offered, hardware);
  const explain =
    chosenByUser(engine, ready, wanted.explain) ?? chooseExplainer(offered, complete?.model, hardware);
  return { ...(complete !== undefined && { complete }), ...(explain !== undefined && { explain }) };
}

/**
 * What the user chose wins. Where no engine has it, Ollama may get it: the failure then says that it is missing and
 * offers to pull it. `inside/name` and `openai/name` pick the engine too.
 */
function chosenByUser(engine: EngineLook, ready: readonly EngineLook[], name: string): Choice | undefined {
  if (name === '') return undefined;
  const because = 'you chose it in the settings';
  const known = [engine, ...ready].flatMap(({ installed }) => installed).find((info) => isNamed(info, name));
  if (known !== undefined) return known.ref.place === 'local' ? { model: known, because } : undefined;
  if (engine.provider !== 'ollama') return undefined;
  const ref: ModelRef = { provider: 'ollama', id: name, place: 'local' };
  return {
    model: { ref, displayName: name, abilities: { chat: true, infill: true, thinking: false } },
    because,
  };
}

const isNamed = ({ ref }: ModelInfo, name: string): boolean =>
  ref.id === name || ref.id === `${name}:latest` || `${ref.provider}/${ref.id}` === name;
