import { ModelError } from '../models/failure';
import type { CallOptions, LocalModel, ModelEvent, ModelRef } from '../models/model';
import { readCall, type Call } from './attempt';
import type { Run } from './run';
import type { YardContext } from './yard-context';

/** Also for a second sample, whose text nobody hears. `signal`: the request's, where nothing else ends the call. */
export function callLocal(
  run: Run,
  model: ModelRef,
  options: CallOptions,
  context: YardContext,
  onText: (text: string) => void,
  signal = run.signal,
): Promise<Call> {
  return readCall(
    model,
    () => openLocal(run, context.directory.local(model), options, signal),
    context.clock,
    onText,
  );
}

function openLocal(
  run: Run,
  model: LocalModel | undefined,
  options: CallOptions,
  signal: AbortSignal,
): AsyncIterable<ModelEvent> {
  if (model === undefined) throw new ModelError('unreachable', 'The local engine is not set up.');
  const source = run.request.prompts.local();
  if (source.kind === 'chat') return model.chat(source.prompt, options, signal);
  if (model.infill === undefined) {
    throw new ModelError('no-infill', `The model ${model.ref.id} cannot fill in the middle.`);
  }
  return model.infill(source.prompt, options, signal);
}

export function reportHealth(call: Call, context: YardContext): void {
  if (call.end.kind === 'answered') context.health.succeeded(call.model);
  else if (call.end.kind === 'failed') context.health.failed(call.model, call.end.failure);
}

export const thresholdOf = (run: Run): number => (run.decision.kind === 'run' ? run.decision.threshold : 0);
