import type { CallOptions, ModelRef } from '../models/model';
import { estimateTokens } from '../models/tokens';
import { NO_USAGE, type Usage } from '../models/usage';
import type { Estimate } from './decision';
import type { RequestFeatures, Task } from './request';
import type { World } from './world';

/** Output tokens to expect before there is any history: typical lengths of such answers. */
export const TYPICAL_OUTPUT: Readonly<Record<Task, number>> = {
  complete: 40,
  explain: 500,
  refactor: 1_500,
  ask: 1_500,
};

/** Tokens beside the code of a rewrite: the fence around it, and a little thinking. */
const BESIDE_REWRITE = 100;
/** Output tokens a token of code becomes: types, comments and names are added. A selection of 1,100 makes 1,500. */
const REWRITE_GROWTH = 1.3;

/** Output tokens a request like this usually takes: a rewrite gives back all it was given, so its size tells. */
export function usualOutput(task: Task, { subjectText }: Pick<RequestFeatures, 'subjectText'>): number {
  if (task !== 'refactor' || subjectText === '') return TYPICAL_OUTPUT[task];
  return Math.round(BESIDE_REWRITE + REWRITE_GROWTH * estimateTokens(subjectText.length, 'claude'));
}

/** What sending this to `model` will take. `usd` is 0 for local models and absent where the price is unknown. */
export function estimateCall(
  world: Pick<World, 'price' | 'history'>,
  task: Task,
  features: Pick<RequestFeatures, 'promptTokens' | 'cloudPromptTokens' | 'subjectText'>,
  options: Pick<CallOptions, 'maxOutputTokens'>,
  model: ModelRef,
): Estimate {
  const usual = usualOutput(task, features);
  const past = world.history?.(task, model, usual);
  const inputTokens =
    model.place === 'cloud' ? (features.cloudPromptTokens ?? features.promptTokens) : features.promptTokens;
  const outputTokens = Math.min(options.maxOutputTokens, past?.outputTokens ?? usual);
  const usd = model.place === 'local' ? 0 : world.price(model, expectedUsage(inputTokens, outputTokens));
  return {
    inputTokens,
    outputTokens,
    usualOutputTokens: usual,
    ...(usd !== undefined && { usd }),
    ...(past?.ms !== undefined && { ms: past.ms }),
  };
}

/** No cache is counted on: an estimate is reserved against a cap, so it should rather be too high. */
const expectedUsage = (inputTokens: number, outputTokens: number): Usage => ({
  ...NO_USAGE,
  inputTokens,
  outputTokens,
  estimated: true,
});
