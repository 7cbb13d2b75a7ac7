import { ModelError } from '../models/failure';
import type { ModelRef } from '../models/model';
import { estimateTokens } from '../models/tokens';
import { NO_USAGE } from '../models/usage';
import type { BlockRule, PrivacyReport } from '../privacy/report';
import { abortable } from './abortable';
import { asModelError, attemptEnd, failedWith, readCall, type Call, type Failed } from './attempt';
import type { Reservation } from './budget';
import { hardBlock } from './cloud-gate';
import type { Estimate, Reason, RefusalRule } from './decision';
import { estimateCall } from './estimate';
import { holdAhead } from './hold-ahead';
import { reportHealth } from './local-call';
import type { AttemptRole } from './outcome';
import type { CloudPrompt } from './request';
import { reserveBudget, settle, type Hold } from './reserve';
import type { Run } from './run';
import type { YardContext } from './yard-context';

export type CloudResult =
  | { readonly kind: 'answered' }
  | FailedInCloud
  /** By a rule; nothing was sent, or what was sent was stopped. */
  | { readonly kind: 'blocked'; readonly rule: RefusalRule }
  /** The cap is reached, and the answer to that is the local track. */
  | { readonly kind: 'stay-local' }
  | { readonly kind: 'cancelled' };

/** `started`: part of its answer is on the screen already. */
export type FailedInCloud = Failed & { readonly started: boolean };

type Role = Exclude<AttemptRole, 'sample'>;

/**
 * One call to a cloud model, through every gate: policy, privacy, budget, policy again. Never throws. `reasons`: why
 * it takes over, where it is not the first attempt; told once it really does.
 */
export async function cloudAttempt(
  run: Run,
  model: ModelRef,
  role: Role,
  context: YardContext,
  reasons: readonly Reason[] = [],
): Promise<CloudResult> {
  const early = blockedNow(run, context);
  if (early !== undefined) return early;
  context.directory.cloud(model)?.prepare?.();
  const ahead = role === 'first' ? holdAhead(run, context) : undefined;
  const cleared = await clearPrompt(run);
  if (cleared.kind !== 'cleared') {
    ahead?.release();
    return cleared;
  }
  const estimate = estimateOf(run, model, cleared.prompt, context);
  const held = await ahead?.take(estimate);
  const hold: Hold =
    held === undefined
      ? await reserveBudget(run, estimate, role, context)
      : { kind: 'held', reservation: held };
  if (hold.kind === 'stop') return { kind: 'blocked', rule: 'budget-cap' };
  if (hold.kind !== 'held') return hold;
  // Preview and question may have taken minutes: the last look is right before the sending.
  const late = blockedNow(run, context);
  if (late !== undefined) {
    settle(hold.reservation, 0, context);
    return late;
  }
  run.sentToCloud = true;
  if (role !== 'first') run.tell({ type: 'rescue', role, to: model, reasons, estimate });
  run.tell({ type: 'attempt', role, track: 'cloud', model });
  const call = await send(run, model, cleared.prompt, context);
  settleCall(call, hold.reservation, estimate.usd, context);
  reportHealth(call, context);
  const { startedAt, usage, timings } = call;
  const about = { role, track: 'cloud', model, evidence: [], privacy: cleared.report } as const;
  run.record({ ...about, startedAt, usage, timings, end: attemptEnd(call, run.wasEnough()) });
  return resultOf(run, call, context);
}

/** A request goes to a cloud once: a second sending could be billed twice. */
function blockedNow(run: Run, context: YardContext): CloudResult | undefined {
  if (run.isStopped()) return { kind: 'cancelled' };
  const rule = hardBlock(context.policy.get());
  if (rule !== undefined) return { kind: 'blocked', rule };
  return run.sentToCloud ? { kind: 'blocked', rule: 'no-track' } : undefined;
}

type Cleared = {
  readonly kind: 'cleared';
  readonly prompt: Extract<CloudPrompt, { ok: true }>['prompt'];
  readonly report: PrivacyReport;
};

async function clearPrompt(run: Run): Promise<Cleared | CloudResult> {
  try {
    const made = await abortable(run.request.prompts.cloud(), run.signal);
    if (made === 'aborted') return { kind: 'cancelled' };
    run.reportPrivacy(made.report);
    if (!made.ok) return { kind: 'blocked', rule: refusalOf(made.rule) };
    return { kind: 'cleared', prompt: made.prompt, report: made.report };
  } catch (error) {
    if (run.isStopped()) return { kind: 'cancelled' };
    return { ...failedWith(asModelError(error)), started: false };
  }
}

/** Anew, from what will really be sent: this is what is held against the caps. */
function estimateOf(
  { request: { task, options, features } }: Run,
  model: ModelRef,
  { system, turns }: Cleared['prompt'],
  context: YardContext,
): Estimate {
  const parts = [...system, ...turns.flatMap((turn) => turn.parts)];
  const characters = parts.reduce((sum, { text }) => sum + text.length, 0);
  const { subjectText } = features;
  const sent = { promptTokens: estimateTokens(characters, model.provider), subjectText };
  return estimateCall(context, task, sent, options.cloud, model);
}

function refusalOf(rule: BlockRule): RefusalRule {
  switch (rule) {
    case 'offline':
    case 'restricted-mode':
    case 'organisation-policy':
    case 'declined-at-preview':
      return rule;
    case 'denied-file':
    case 'git-ignored':
    case 'switchyard-ignored':
    case 'settings-excluded':
    case 'outside-workspace':
    case 'symlink-leads-out':
      return 'privacy';
  }
}

async function send(run: Run, ref: ModelRef, prompt: Cleared['prompt'], context: YardContext): Promise<Call> {
  const { signal, done } = context.cloudCalls.begin(run.signal);
  const open = (): ReturnType<NonNullable<ReturnType<typeof context.directory.cloud>>['chat']> => {
    const model = context.directory.cloud(ref);
    if (model === undefined) throw new ModelError('no-key', 'No cloud model is set up.');
    return model.chat(prompt, run.request.options.cloud, signal);
  };
  try {
    return await readCall(ref, open, context.clock, (text) => run.tell({ type: 'text', text }));
  } finally {
    done();
  }
}

/** What cannot be priced settles at its estimate; what used nothing settles at nothing. */
function settleCall(
  call: Call,
  reservation: Reservation | undefined,
  estimatedUsd: number | undefined,
  context: YardContext,
): void {
  const unused = call.usage === NO_USAGE;
  settle(reservation, unused ? 0 : (context.price(call.model, call.usage) ?? estimatedUsd ?? 0), context);
}

function resultOf(run: Run, call: Call, context: YardContext): CloudResult {
  const { end, started } = call;
  switch (end.kind) {
    case 'answered':
      return end.answer.finish === 'refusal' && end.answer.text.trim() === ''
        ? { kind: 'failed', failure: 'refused', message: 'The model declined to answer.', started: false }
        : { kind: 'answered' };
    case 'failed':
      return { ...end, started };
    case 'cancelled': {
      if (run.isStopped()) return run.wasEnough() && started ? { kind: 'answered' } : { kind: 'cancelled' };
      const rule = hardBlock(context.policy.get());
      return rule === undefined ? { kind: 'cancelled' } : { kind: 'blocked', rule };
    }
  }
}
