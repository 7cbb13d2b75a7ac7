import type { ModelRef } from '../models/model';
import { isOverCap } from './budget';
import { cloudBlock, type CloudBlock } from './cloud-gate';
import { estimateComplexity } from './complexity';
import type { Complexity, Decision, Reason, RefusalRule, RunDecision } from './decision';
import { estimateCall } from './estimate';
import { cloudModelFor, localModelFor } from './models-for';
import { confidenceThreshold } from './thresholds';
import { automaticTrack, wantedTrack, type DecidableRequest, type Wish } from './wanted-track';
import type { World } from './world';

export type { DecidableRequest } from './wanted-track';

/**
 * The track and model for a request, with every reason. Pure and synchronous: the same request in the same world
 * is decided the same way, in microseconds.
 */
export function decide(request: DecidableRequest, world: World): Decision {
  const decision = decideWithin(request, world);
  const localIfAllowed = localStartIfAllowed(request, world, decision);
  if (decision.kind !== 'run' || localIfAllowed === undefined) return decision;
  return { ...decision, localIfAllowed, reasons: [...decision.reasons, NOT_ALLOWED_HERE] };
}

/** As `decide`, within the permissions there are. */
function decideWithin(request: DecidableRequest, world: World): Decision {
  const complexity = estimateComplexity(request.task, request.features);
  if (request.instant !== undefined) return instantDecision(request, world, complexity);
  const wish = wantedTrack(request, world, complexity);
  const situation: Situation = {
    request,
    world,
    complexity,
    wish,
    local: localModelFor(request.task, world.policy),
    cloud: cloudModelFor(request.task, world.policy),
    cloudBlock: cloudBlock(world, cloudModelFor(request.task, world.policy), insists(wish, 'cloud')),
    localBlock: localBlock(world, localModelFor(request.task, world.policy), insists(wish, 'local')),
  };
  return wish.track === 'local' ? wantsLocal(situation) : wantsCloud(situation);
}

const NOT_ALLOWED_HERE: Reason = {
  code: 'local-not-allowed',
  text: 'such an edit could start on this machine, but your settings do not allow that',
};

/**
 * What the one missing permission keeps from starting on this machine, found by deciding anew with it. Nothing over the
 * cap, where the user is asked something else; nothing without the cloud behind it; and no stand-in's poor answers.
 */
function localStartIfAllowed(
  request: DecidableRequest,
  world: World,
  decision: Decision,
): RunDecision['localIfAllowed'] {
  if (request.task !== 'refactor' || world.policy.simpleRefactorsMayRunLocally) return undefined;
  if (decision.kind !== 'run' || decision.track !== 'cloud') return undefined;
  if (isOverCap(world.budget, decision.estimate.usd)) return undefined;
  const allowing = { ...world, policy: { ...world.policy, simpleRefactorsMayRunLocally: true } };
  const allowed = decideWithin(request, allowing);
  if (allowed.kind !== 'run' || allowed.track !== 'local' || allowed.rescue === undefined) return undefined;
  const { model, estimate } = allowed;
  return model === undefined || model.standIn === true ? undefined : { model, estimate };
}

interface Situation {
  readonly request: DecidableRequest;
  readonly world: World;
  readonly complexity: Complexity;
  readonly wish: Wish;
  readonly local: ModelRef | undefined;
  readonly cloud: ModelRef | undefined;
  readonly cloudBlock: CloudBlock | undefined;
  /** In words; undefined where the local track can take the request. */
  readonly localBlock: string | undefined;
}

const insists = (wish: Wish, track: Wish['track']): boolean => wish.by === 'override' && wish.track === track;

/** `insist`: the user asked for the local track for this one request, so an open breaker does not settle it. */
function localBlock(world: World, model: ModelRef | undefined, insist: boolean): string | undefined {
  if (model === undefined) return 'no local model is chosen';
  if (!world.isSetUp(model)) return 'no local engine is set up';
  const health = world.health(model);
  if (health.kind === 'unconfigured') return `the local engine is not set up: ${health.reason}`;
  if (health.kind === 'down' && !insist) return `the local engine is down: ${health.reason}`;
  return undefined;
}

function wantsLocal(situation: Situation): Decision {
  const { wish, local, localBlock: blocked, cloud } = situation;
  if (blocked === undefined && local !== undefined) return run(situation, 'local', local, []);
  const why: Reason = { code: 'local-unavailable', text: blocked ?? 'no local model is chosen' };
  // Fixed or asked for by name means this machine, also when it cannot.
  if (wish.by !== 'auto' || !cloudMayRescue(situation)) return refuse(situation, 'no-track', [why]);
  if (situation.cloudBlock !== undefined || cloud === undefined) {
    return refuse(situation, situation.cloudBlock?.rule ?? 'no-track', [why, blockReason(situation)]);
  }
  return run(situation, 'cloud', cloud, [why]);
}

function wantsCloud(situation: Situation): Decision {
  const { world, wish, cloud, local, localBlock: noLocal } = situation;
  const block = situation.cloudBlock;
  if (block === undefined && cloud !== undefined) return run(situation, 'cloud', cloud, []);
  const why = blockReason(situation);
  const rule = block?.rule ?? 'no-track';
  // "Ask Claude instead" answered by the same local model would be no answer to what was asked.
  if (wish.by === 'override') return refuse(situation, rule, [why]);
  if (rule === 'budget-cap' && world.policy.atCap === 'stop') return refuse(situation, rule, [why]);
  if (noLocal !== undefined || local === undefined) {
    return refuse(situation, rule, [why, { code: 'local-unavailable', text: noLocal ?? 'no local model' }]);
  }
  return run(situation, 'local', local, [why], block?.forced ?? 'no-key');
}

const blockReason = ({ cloudBlock: block }: Situation): Reason => ({
  code: block === undefined ? 'no-cloud' : `cloud-${block.forced}`,
  text: block?.text ?? 'no cloud model is set up',
});

/** Whether policy lets the cloud take over what the local track fails or doubts. */
const cloudMayRescue = ({ request, world, wish }: Situation): boolean =>
  wish.by === 'auto' && (request.task !== 'complete' || world.policy.completionsMayUseCloud);

function run(
  situation: Situation,
  track: 'local' | 'cloud',
  model: ModelRef,
  obstacles: readonly Reason[],
  forced?: RunDecision['forced'],
): RunDecision {
  const { request, world, complexity, wish, cloud } = situation;
  const rescue =
    track === 'local' && cloudMayRescue(situation) && situation.cloudBlock === undefined ? cloud : undefined;
  const otherwise = otherwiseOf(situation, track, model, obstacles);
  const capped: readonly Reason[] =
    track === 'cloud' && world.budget.level === 'capped'
      ? [{ code: 'cap-reached', text: 'the budget cap is reached; you are asked before anything is sent' }]
      : [];
  return {
    kind: 'run',
    track,
    model,
    ...(rescue !== undefined && { rescue }),
    threshold: confidenceThreshold(world.policy, request.task),
    estimate: estimateCall(world, request.task, request.features, request.options[track], model),
    ...(otherwise !== undefined && { otherwise }),
    ...(cloud !== undefined && { baseline: cloud }),
    ...(forced !== undefined && { forced }),
    complexity,
    reasons: [...wish.reasons, complexityReason(complexity), ...obstacles, ...capped],
  };
}

/** What the table would have chosen with no override, no setting, every track up and set up. */
function otherwiseOf(
  { request, world, complexity, wish, local, cloud }: Situation,
  track: 'local' | 'cloud',
  model: ModelRef,
  obstacles: readonly Reason[],
): RunDecision['otherwise'] {
  const free = wish.by === 'auto' ? wish : automaticTrack(request.task, request.features, world, complexity);
  const freeModel = free.track === 'local' ? local : cloud;
  if (free.track === track && freeModel === model) return undefined;
  const because = wish.by === 'auto' ? obstacles[0]?.text : wish.reasons[0]?.text;
  return {
    track: free.track,
    ...(freeModel !== undefined && { model: freeModel }),
    because: because ?? 'it was not available',
  };
}

function refuse({ complexity, wish }: Situation, rule: RefusalRule, obstacles: readonly Reason[]): Decision {
  const reasons = [...wish.reasons, complexityReason(complexity), ...obstacles];
  return { kind: 'refuse', rule, complexity, reasons };
}

function instantDecision(request: DecidableRequest, world: World, complexity: Complexity): RunDecision {
  const baseline = cloudModelFor(request.task, world.policy);
  return {
    kind: 'run',
    track: 'instant',
    threshold: 0,
    estimate: { inputTokens: 0, outputTokens: 0, usd: 0, ms: 0 },
    ...(baseline !== undefined && { baseline }),
    complexity,
    reasons: [{ code: 'instant', text: 'the workspace itself already predicts this; no model is needed' }],
  };
}

const complexityReason = (complexity: Complexity): Reason => ({
  code: `complexity-${complexity.level}`,
  text: `looks ${complexity.level}: ${complexity.because.map((reason) => reason.text).join(', ')}`,
});
