import type { ModelRef } from '../models/model';
import { attemptEnd, type Failed } from './attempt';
import { strongestDoubt } from './checks/check';
import { shouldEscalate } from './confidence/escalate';
import { judge } from './judge';
import { callLocal, reportHealth, thresholdOf } from './local-call';
import type { AttemptEnd, AttemptRole } from './outcome';
import type { Run } from './run';
import type { YardContext } from './yard-context';

export type LocalResult =
  | { readonly kind: 'answered' }
  /** Whole, but its confidence is under the threshold. */
  | { readonly kind: 'doubted'; readonly doubt: Doubt }
  | FailedLocally
  | { readonly kind: 'cancelled' };

/** `saw`: what spoke most against the answer, as its check put it. */
export interface Doubt {
  readonly confidence: number;
  readonly saw: string | undefined;
}

/** `model`: the one that failed; `started`: part of its answer is on the screen already. */
export type FailedLocally = Failed & { readonly model: ModelRef; readonly started: boolean };

/** One call to a local model: streamed to the ticket, checked, written down. Never throws. */
export async function localAttempt(
  run: Run,
  model: ModelRef,
  role: Extract<AttemptRole, 'first' | 'fallback'>,
  context: YardContext,
): Promise<LocalResult> {
  if (run.isStopped()) return { kind: 'cancelled' };
  run.tell({ type: 'attempt', role, track: 'local', model });
  const call = await callLocal(run, model, run.request.options.local, context, (text) =>
    run.tell({ type: 'text', text }),
  );
  reportHealth(call, context);
  const { startedAt, usage, timings } = call;
  const attempt = { role, track: 'local', model, startedAt, usage, timings } as const;
  if (call.end.kind !== 'answered') {
    const end = attemptEnd(call, run.wasEnough());
    run.record({ ...attempt, end, evidence: [] });
    if (call.end.kind === 'failed') return { ...call.end, model, started: call.started };
    return end.kind === 'answered' ? { kind: 'answered' } : { kind: 'cancelled' };
  }
  const { answer } = call.end;
  const { sample, ...verdict } = await judge(run, call, answer, context);
  const { confidence } = verdict;
  const doubted = confidence !== undefined && shouldEscalate({ confidence, threshold: thresholdOf(run) });
  const end: AttemptEnd = { kind: doubted ? 'doubted' : 'answered', finish: answer.finish };
  run.record({ ...attempt, end, ...verdict });
  if (sample !== undefined) run.record(sample);
  if (run.isStopped()) return run.wasEnough() ? { kind: 'answered' } : { kind: 'cancelled' };
  if (!doubted) return { kind: 'answered' };
  return { kind: 'doubted', doubt: { confidence, saw: strongestDoubt(verdict.evidence)?.saw } };
}
