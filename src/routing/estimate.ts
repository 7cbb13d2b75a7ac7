import type { CallOptions, ModelRef } from '../models/model';
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

/** What sending this to `model` will take. `usd` is 0 for local models and absent where the price is unknown. */
export function estimateCall(
  world: Pick<World, 'price' | 'history'>,
  task: Task,
  features: Pick<RequestFeatures, 'promptTokens' | 'cloudPromptTokens'>,
  options: Pick<CallOptions, 'maxOutputTokens'>,
  model: ModelRef,
): Estimate {
  const past = world.history?.(task, model);
  const inputTokens =
    model.place === 'cloud' ? (features.cloudPromptTokens ?? features.promptTokens) : features.promptTokens;
  const outputTokens = Math.min(options.maxOutputTokens, past?.outputTokens ?? TYPICAL_OUTPUT[task]);
  const usd = model.place === 'local' ? 0 : world.price(model, expectedUsage(inputTokens, outputTokens));
  return {
    inputTokens,
    outputTokens,
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
