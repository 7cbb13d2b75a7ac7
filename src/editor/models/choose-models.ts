import type { ModelRef } from '../../models/model';
import { chooseCompleter, chooseExplainer, type Choice, type Hardware } from '../../models/ollama/choose';
import type { ModelInfo } from '../../models/provider';
import type { Settings } from '../settings/settings';
import type { EngineLook } from './local-engine';

export interface Choices {
  readonly complete?: Choice;
  readonly explain?: Choice;
}

export interface Chosen {
  readonly engine: EngineLook | undefined;
  readonly choices: Choices;
  /** What the next engine that is there would answer with, should the first go away. */
  readonly standby: Choices;
}

/**
 * The engine that answers, and its models: the first in the list that is there and has one. A model the user named is
 * taken from whichever engine has it.
 */
export function chooseModels(
  looks: readonly EngineLook[],
  wanted: Settings['models'],
  hardware: Hardware,
): Chosen {
  const ready = looks.filter(({ state }) => state.kind === 'ready');
  for (const [at, engine] of ready.entries()) {
    const choices = choicesOf(engine, ready, wanted, hardware);
    if (hasAny(choices))
      return { engine, choices, standby: standbyAmong(ready.slice(at + 1), wanted, hardware) };
  }
  return { engine: ready[0], choices: {}, standby: {} };
}

/** What answers only stands in for a real model. */
export const hasOnlyStandIn = ({ complete, explain }: Choices): boolean =>
  (explain ?? complete)?.model.ref.standIn === true;

const hasAny = ({ complete, explain }: Choices): boolean => complete !== undefined || explain !== undefined;

function standbyAmong(
  others: readonly EngineLook[],
  wanted: Settings['models'],
  hardware: Hardware,
): Choices {
  for (const engine of others) {
    // It is to answer now: a model that would have to be pulled first is none.
    const had = (name: string): string => (engine.installed.some((info) => isNamed(info, name)) ? name : '');
    const own = { ...wanted, complete: had(wanted.complete), explain: had(wanted.explain) };
    const choices = choicesOf(engine, [], own, hardware);
    if (hasAny(choices)) return choices;
  }
  return {};
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
  const complete =
    chosenByUser(engine, ready, wanted.complete) ?? asStandIn(chooseCompleter(offered, hardware));
  const explain =
    chosenByUser(engine, ready, wanted.explain) ??
    asStandIn(chooseExplainer(offered, complete?.model, hardware));
  return { ...(complete !== undefined && { complete }), ...(explain !== undefined && { explain }) };
}

/** That it is small and fits is no merit of a stand-in. */
const asStandIn = (choice: Choice | undefined): Choice | undefined =>
  choice?.model.ref.standIn === true
    ? { ...choice, because: 'is all there is; it only stands in for a real model' }
    : choice;

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
