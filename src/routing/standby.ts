import type { ModelRef } from '../models/model';
import type { Reason } from './decision';
import { estimateCall } from './estimate';
import { localAttempt, type FailedLocally, type LocalResult } from './local-attempt';
import { standbyFor } from './models-for';
import { isEngineGone } from './rescue-rules';
import type { Run } from './run';
import type { YardContext } from './yard-context';

export const isWorthTrying = (model: ModelRef, context: YardContext): boolean =>
  context.directory.local(model) !== undefined && context.health.of(model).kind === 'up';

/** The local model that takes over because the engine of the failed one is gone; undefined where none does. */
export function standbyOf(run: Run, failed: FailedLocally, context: YardContext): ModelRef | undefined {
  if (!isEngineGone(failed)) return undefined;
  const model = standbyFor(run.request.task, context.policy.get(), failed.model);
  return model !== undefined && isWorthTrying(model, context) ? model : undefined;
}

/** A local model in place of one that gave no answer, announced with the reason and what it will take. */
export function takeOver(
  run: Run,
  model: ModelRef,
  reason: Reason,
  context: YardContext,
): Promise<LocalResult> {
  const { task, features, options } = run.request;
  const estimate = estimateCall(context, task, features, options.local, model);
  run.tell({ type: 'rescue', role: 'fallback', to: model, reasons: [reason], estimate });
  return localAttempt(run, model, 'fallback', context);
}

/** One attempt on another engine of this machine, in place of the one that is gone; undefined where there is none. */
export async function attemptOnStandby(
  run: Run,
  failed: FailedLocally,
  context: YardContext,
): Promise<LocalResult | undefined> {
  const model = standbyOf(run, failed, context);
  if (model === undefined) return undefined;
  const reason: Reason = {
    code: 'local-engine-gone',
    text: `the engine of ${failed.model.id} is gone (${failed.failure}), so another one takes over`,
  };
  run.note(reason);
  const result = await takeOver(run, model, reason, context);
  if (result.kind === 'failed')
    run.note({ code: 'standby-failed', text: `that engine failed too (${result.failure})` });
  return result;
}
