import type { ModelRef } from '../models/model';
import type { Failed } from './attempt';
import { cloudAttempt, type CloudResult } from './cloud-attempt';
import type { Reason } from './decision';
import { localAttempt, type Doubt, type FailedLocally, type LocalResult } from './local-attempt';
import { localModelFor } from './models-for';
import type { Outcome, OutcomeResult } from './outcome';
import { canAnotherTakeOver, canLocalTakeOver, type CloudTrouble, type Trouble } from './rescue-rules';
import type { Run } from './run';
import { attemptOnStandby, isWorthTrying, standbyOf, takeOver } from './standby';
import type { YardContext } from './yard-context';

/** What a stage of a request's way ends in. */
export type Step =
  | { readonly kind: 'settled'; readonly run: Run; readonly outcome: Outcome }
  /** A whole local answer under its threshold, with a cloud model to escalate to. */
  | { readonly kind: 'doubtful'; readonly run: Run; readonly to: ModelRef; readonly doubt: Doubt };

/** An attempt failed in a way that another track may make good; what `rescue()` hears. */
export class TrackFailed extends Error {
  override readonly name = 'TrackFailed';

  constructor(readonly trouble: Trouble) {
    super(trouble.track);
  }
}

const settled = (run: Run, result: OutcomeResult): Step => ({
  kind: 'settled',
  run,
  outcome: run.finish(result),
});

/** Instant answers and refusals: nothing is called. */
export function settleAtOnce(run: Run): Step {
  const { decision } = run;
  if (run.isStopped()) return settled(run, { kind: 'cancelled' });
  if (decision.kind === 'refuse') return settled(run, { kind: 'refused', rule: decision.rule });
  if (run.request.instant !== undefined) run.tell({ type: 'text', text: run.request.instant.text });
  return settled(run, { kind: 'answered', track: 'instant' });
}

/** The first attempt of a request on the local track. Throws `TrackFailed` where another model may take over. */
export async function runLocal(run: Run, context: YardContext): Promise<Step> {
  const { decision } = run;
  if (decision.kind !== 'run' || decision.model === undefined) return settleAtOnce(run);
  const result = await localAttempt(run, decision.model, 'first', context);
  if (result.kind !== 'failed') return localStep(run, result);
  const another = decision.rescue !== undefined || standbyOf(run, result, context) !== undefined;
  if (!another || !canAnotherTakeOver(result, run.request.task)) return settled(run, resultOf(result));
  throw new TrackFailed({ track: 'local', failed: result });
}

/** Where a local attempt leads that did not fail. */
function localStep(run: Run, result: Exclude<LocalResult, FailedLocally>): Step {
  const { decision } = run;
  if (result.kind === 'cancelled') return settled(run, { kind: 'cancelled' });
  return result.kind === 'answered' || decision.kind !== 'run' || decision.rescue === undefined
    ? settled(run, { kind: 'answered', track: 'local' })
    : { kind: 'doubtful', run, to: decision.rescue, doubt: result.doubt };
}

const resultOf = ({ model: _model, started: _started, ...failed }: FailedLocally): Failed => failed;

/** What takes the place of a local attempt that failed: another engine on this machine, and then the cloud. */
export async function fallBackFromLocal(
  run: Run,
  failed: FailedLocally,
  context: YardContext,
): Promise<Step> {
  const result = await attemptOnStandby(run, failed, context);
  return result === undefined || result.kind === 'failed'
    ? fallBackToCloud(run, resultOf(failed), context)
    : localStep(run, result);
}

async function fallBackToCloud(run: Run, failed: Failed, context: YardContext): Promise<Step> {
  const { decision } = run;
  if (decision.kind !== 'run' || decision.rescue === undefined) return settled(run, failed);
  const reason: Reason = {
    code: 'local-failed',
    text: `the local model failed (${failed.failure}), so the cloud takes over`,
  };
  run.note(reason);
  const result = await cloudAttempt(run, decision.rescue, 'fallback', context, [reason]);
  switch (result.kind) {
    case 'answered':
      return settled(run, { kind: 'answered', track: 'cloud' });
    case 'cancelled':
      return settled(run, { kind: 'cancelled' });
    case 'failed':
      run.note({ code: 'fallback-failed', text: `the cloud failed too (${result.failure})` });
      return settled(run, failed);
    case 'blocked':
    case 'stay-local':
      run.note(blockedReason(result));
      return settled(run, failed);
  }
}

/** The cloud's answer beside a doubtful local one; whatever becomes of it, the local answer stands. */
export async function escalate(
  run: Run,
  to: ModelRef,
  { confidence, saw }: Doubt,
  context: YardContext,
): Promise<Step> {
  const { decision } = run;
  const threshold = decision.kind === 'run' ? decision.threshold : 0;
  const score = `score ${confidence.toFixed(2)}, under the threshold of ${threshold.toFixed(2)}`;
  const reason: Reason = {
    code: 'local-doubtful',
    text:
      saw === undefined
        ? `the local answer was doubtful: ${score}`
        : `the local answer was doubtful: ${saw} (${score})`,
  };
  run.note(reason);
  const result = await cloudAttempt(run, to, 'escalation', context, [reason]);
  switch (result.kind) {
    case 'answered':
      return settled(run, { kind: 'answered', track: 'cloud' });
    case 'cancelled':
      return settled(run, run.wasEnough() ? { kind: 'answered', track: 'local' } : { kind: 'cancelled' });
    case 'failed':
      run.note({
        code: 'escalation-failed',
        text: `the cloud failed (${result.failure}); the local answer stands`,
      });
      return settled(run, { kind: 'answered', track: 'local' });
    case 'blocked':
    case 'stay-local':
      run.note(blockedReason(result));
      return settled(run, { kind: 'answered', track: 'local' });
  }
}

/** The first attempt of a request on the cloud track. Throws `TrackFailed` where the local model may take over. */
export async function runCloud(run: Run, context: YardContext): Promise<Step> {
  const { decision } = run;
  if (decision.kind !== 'run' || decision.model === undefined) return settleAtOnce(run);
  const result = await cloudAttempt(run, decision.model, 'first', context);
  switch (result.kind) {
    case 'answered':
      return settled(run, { kind: 'answered', track: 'cloud' });
    case 'cancelled':
      return settled(run, { kind: 'cancelled' });
    case 'blocked':
      return settled(run, { kind: 'refused', rule: result.rule });
    case 'stay-local':
      throw new TrackFailed({ track: 'cap' });
    case 'failed': {
      const { started, ...failed } = result;
      if (!canLocalTakeOver(failed.failure, started)) return settled(run, failed);
      throw new TrackFailed({ track: 'cloud', failed });
    }
  }
}

/** The local model in place of a cloud that could not answer; marked as forced, so that it saves nothing. */
export async function fallBackToLocal(run: Run, trouble: CloudTrouble, context: YardContext): Promise<Step> {
  const unanswered: OutcomeResult =
    trouble.track === 'cap' ? { kind: 'refused', rule: 'budget-cap' } : trouble.failed;
  const { task, override, redoOf } = run.request;
  const model = localModelFor(task, context.policy.get());
  // What the user asked of the cloud by name is not answered by another model in its place.
  const byName = (override === 'cloud' && trouble.track === 'cloud') || redoOf !== undefined;
  if (byName || model === undefined || !isWorthTrying(model, context)) return settled(run, unanswered);
  const reason: Reason =
    trouble.track === 'cap'
      ? { code: 'cap-reached', text: 'the budget cap is reached, so it ran on this machine' }
      : {
          code: 'cloud-failed',
          text: `the cloud failed (${trouble.failed.failure}), so it ran on this machine`,
        };
  run.markForced(forcedBy(trouble), reason);
  const first = await takeOver(run, model, reason, context);
  const result = (first.kind === 'failed' && (await attemptOnStandby(run, first, context))) || first;
  switch (result.kind) {
    case 'answered':
    case 'doubted':
      return settled(run, { kind: 'answered', track: 'local' });
    case 'cancelled':
      return settled(run, { kind: 'cancelled' });
    case 'failed':
      return settled(run, unanswered);
  }
}

function forcedBy(trouble: CloudTrouble): 'cap' | 'no-key' | 'cloud-down' {
  if (trouble.track === 'cap') return 'cap';
  return trouble.failed.failure === 'no-key' || trouble.failed.failure === 'bad-key'
    ? 'no-key'
    : 'cloud-down';
}

const blockedReason = (result: Extract<CloudResult, { kind: 'blocked' | 'stay-local' }>): Reason => ({
  code: 'rescue-blocked',
  text: `nothing was sent to the cloud (${result.kind === 'blocked' ? result.rule : 'budget-cap'})`,
});
