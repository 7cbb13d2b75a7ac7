import { attemptEnd, type Call, type WholeAnswer } from './attempt';
import { agreementEvidence } from './checks/agreement';
import type { Evidence } from './checks/check';
import { checksFor } from './checks/checks-for';
import { runChecks } from './checks/run-checks';
import { callLocal, reportHealth, thresholdOf } from './local-call';
import type { Combined } from './confidence/combine';
import type { Attempt, Belief } from './outcome';
import type { Run } from './run';
import type { YardContext } from './yard-context';

export interface Judgement {
  readonly evidence: readonly Evidence[];
  /** 0 to 1; absent where the checks cannot say. */
  readonly confidence?: number;
  readonly belief?: Belief;
  /** The second sample, where one was asked for. */
  readonly sample?: Attempt;
}

/** Distance from the threshold within which the checks count as undecided. */
const UNDECIDED = 0.08;
/** Output tokens of a second sample, and the longest it may take, in ms: by the first one's pace, and by the clock. */
const SAMPLE_TOKENS = 120;
const SAMPLE_LIMIT_MS = 3_000;

/** Runs the checks over a local answer and adds them up; asks for a second sample where that may settle it. */
export async function judge(
  run: Run,
  call: Call,
  answer: WholeAnswer,
  context: YardContext,
): Promise<Judgement> {
  const { task, checks = [] } = run.request;
  const evidence = await runChecks([...checksFor(task), ...checks], answer, context.clock, run.signal);
  const first = combined(run, evidence, context);
  if (!worthSampling(run, call, first.confidence)) return first;
  const sample = await secondSample(run, call, answer, context);
  return { ...combined(run, [...evidence, ...sample.evidence], context), sample };
}

function combined(run: Run, evidence: readonly Evidence[], context: YardContext): Judgement {
  const combined = context.combine(run.request.task, evidence);
  const { confidence } = combined;
  if (confidence === undefined) return { evidence };
  return { evidence, confidence, belief: beliefOf(combined) };
}

function beliefOf({ calibrated, words }: Combined): Belief {
  if (calibrated.kind === 'uncalibrated') return { shown: 'evidence', words };
  const { probability, by } = calibrated;
  return { shown: 'probability', probability, by, words };
}

/** Only where its outcome can change what happens (there is a rescue), and only where it is quick. */
function worthSampling(run: Run, call: Call, confidence: number | undefined): boolean {
  if (run.isStopped() || run.request.task === 'complete') return false;
  if (run.decision.kind !== 'run' || run.decision.rescue === undefined) return false;
  if (confidence !== undefined && Math.abs(confidence - run.decision.threshold) > UNDECIDED) return false;
  const { outputTokens } = call.usage;
  const msPerToken = call.timings.totalMs / Math.max(1, outputTokens);
  return outputTokens > 0 && msPerToken * Math.min(SAMPLE_TOKENS, outputTokens) <= SAMPLE_LIMIT_MS;
}

async function secondSample(
  run: Run,
  first: Call,
  answer: WholeAnswer,
  context: YardContext,
): Promise<Attempt> {
  const options = {
    ...run.request.options.local,
    maxOutputTokens: Math.min(SAMPLE_TOKENS, run.request.options.local.maxOutputTokens),
    // The same seed would only say the same again.
    temperature: 0.8,
    seed: (run.request.options.local.seed ?? 0) + 1,
  };
  const tooLong = new AbortController();
  const cancelLimit = context.clock.after(SAMPLE_LIMIT_MS, () => tooLong.abort());
  const signal = AbortSignal.any([run.signal, tooLong.signal]);
  const call = await callLocal(run, first.model, options, context, () => undefined, signal);
  cancelLimit();
  reportHealth(call, context);
  const { model, startedAt, usage, timings } = call;
  const attempt = { role: 'sample', track: 'local', model, startedAt, usage, timings } as const;
  if (call.end.kind !== 'answered') {
    return { ...attempt, end: attemptEnd(call, false), evidence: [] };
  }
  const evidence = agreementEvidence(answer.text, call.end.answer.text);
  const disagrees = (evidence.score ?? 1) < thresholdOf(run);
  const { finish } = call.end.answer;
  return { ...attempt, end: { kind: disagrees ? 'doubted' : 'answered', finish }, evidence: [evidence] };
}
