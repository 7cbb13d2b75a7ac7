import type { ModelRef } from '../models/model';
import type { RefusalRule, RunDecision } from './decision';
import type { Policy } from './policy';
import type { World } from './world';

/** Rules that nothing overrides, not even the user's wish for this one request. */
export type HardBlock = Extract<RefusalRule, 'offline' | 'organisation-policy' | 'restricted-mode'>;

/** Why the cloud cannot take a request now. */
export interface CloudBlock {
  readonly rule: RefusalRule;
  readonly forced: NonNullable<RunDecision['forced']>;
  readonly text: string;
}

/** The one place that says whether any byte may go to any cloud; asked again right before each sending. */
export function hardBlock(policy: Policy): HardBlock | undefined {
  if (policy.cloudForbidden) return 'organisation-policy';
  if (!policy.trusted) return 'restricted-mode';
  if (policy.offline) return 'offline';
  return undefined;
}

const HARD: Readonly<Record<HardBlock, CloudBlock>> = {
  'organisation-policy': {
    rule: 'organisation-policy',
    forced: 'policy',
    text: 'your organisation does not allow cloud models',
  },
  'restricted-mode': {
    rule: 'restricted-mode',
    forced: 'policy',
    text: 'this workspace is not trusted (Restricted Mode)',
  },
  offline: { rule: 'offline', forced: 'offline', text: 'the offline switch is on' },
};

/** `insist`: the user asked for the cloud for this one request, so a cap or an open breaker does not settle it. */
export function cloudBlock(
  world: World,
  model: ModelRef | undefined,
  insist: boolean,
): CloudBlock | undefined {
  const hard = hardBlock(world.policy);
  if (hard !== undefined) return HARD[hard];
  if (model === undefined || !world.isSetUp(model)) {
    return { rule: 'no-track', forced: 'no-key', text: 'no cloud model is set up (no key)' };
  }
  if (insist) return undefined;
  const health = world.health(model);
  if (health.kind === 'unconfigured') {
    return { rule: 'no-track', forced: 'no-key', text: `the cloud is not set up: ${health.reason}` };
  }
  if (health.kind === 'down') {
    return { rule: 'no-track', forced: 'cloud-down', text: `the cloud is down: ${health.reason}` };
  }
  if (world.budget.level === 'capped' && world.askedAboutCap) {
    return { rule: 'budget-cap', forced: 'cap', text: 'the budget cap is reached' };
  }
  return undefined;
}
