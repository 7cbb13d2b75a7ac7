import type { FailureKind } from '../models/failure';
import type { ModelRef } from '../models/model';
import { judge } from './judge';
import { callLocal, reportHealth, thresholdOf } from './local-call';
import type { AttemptEnd, AttemptRole } from './outcome';
import type { Run } from './run';
import type { YardContext } from './yard-context';

export type LocalResult =
  | { readonly kind: 'answered' }
  /** Whole, but its confidence is under the threshold. */
  | { readonly kind: 'doubted'; readonly confidence: number }
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly message: string }
  | { readonly kind: 'cancelled' };

/** One call to a local model: streamed to the ticket, checked, written down. Never throws. */
export async function localAttempt(
  run: Run,
  model: ModelRef,
  role: Extract<AttemptRole, 'first' | 'fallback'>,
  context: YardContext,
): Promise<LocalResult> {
  if (run.isCancelled()) return { kind: 'cancelled' };
  run.tell({ type: 'attempt', role, track: 'local', model });
  const call = await callLocal(run, model, run.request.options.local, context, (text) =>
    run.tell({ type: 'text', text }),
  );
  reportHealth(call, context);
  const { startedAt, usage, timings } = call;
  const attempt = { role, track: 'local', model, startedAt, usage, timings } as const;
  if (call.end.kind !== 'answered') {
    run.record({ ...attempt, end: call.end, evidence: [] });
    return call.end;
  }
  const { answer } = call.end;
  const verdict = await judge(run, call, answer, context);
  const doubted = verdict.confidence !== undefined && verdict.confidence < thresholdOf(run);
  const end: AttemptEnd = { kind: doubted ? 'doubted' : 'answered', finish: answer.finish };
  run.record({ ...attempt, end, ...verdict });
  if (run.isCancelled()) return { kind: 'cancelled' };
  return doubted
    ? { kind: 'doubted', confidence: verdict.confidence }
    : { kind: 'answered' };
}
