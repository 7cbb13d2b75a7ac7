import type { ModelRef } from '../../../src/models/model';
import type { Policy } from '../../../src/routing/policy';
import type { RequestFeatures, Task } from '../../../src/routing/request';
import type { DecidableRequest } from '../../../src/routing/wanted-track';
import type { World } from '../../../src/routing/world';

export const LOCAL_CODER: ModelRef = { provider: 'ollama', id: 'coder:1.5b', place: 'local' };
export const LOCAL_CHAT: ModelRef = { provider: 'ollama', id: 'coder:7b', place: 'local' };
/** Of an engine of its own. */
export const LOCAL_INSIDE: ModelRef = { provider: 'inside', id: 'coder:0.5b', place: 'local' };
export const CLOUD_SMALL: ModelRef = { provider: 'claude', id: 'small', place: 'cloud' };
export const CLOUD_LARGE: ModelRef = { provider: 'claude', id: 'large', place: 'cloud' };

export function aPolicy(over: Partial<Policy> = {}): Policy {
  return {
    offline: false,
    cloudForbidden: false,
    trusted: true,
    tracks: { complete: 'auto', explain: 'auto', refactor: 'auto', ask: 'auto' },
    target: 'balanced',
    thresholds: {},
    completionsMayUseCloud: false,
    simpleRefactorsMayRunLocally: false,
    atCap: 'local',
    models: {
      complete: LOCAL_CODER,
      explain: LOCAL_CHAT,
      cloudRefactor: CLOUD_LARGE,
      cloudAsk: CLOUD_LARGE,
      cloudSmall: CLOUD_SMALL,
    },
    ...over,
  };
}

/** Everything up, set up and unlimited; 1 USD per million input tokens and 5 per million output tokens. */
export function aWorld(over: Partial<World> = {}): World {
  return {
    policy: aPolicy(),
    budget: { spentToday: 0, spentThisMonth: 0, reserved: 0, level: 'none' },
    askedAboutCap: false,
    isSetUp: () => true,
    health: () => ({ kind: 'up' }),
    price: (_model, usage) => (usage.inputTokens + 5 * usage.outputTokens) / 1e6,
    ...over,
  };
}

export function someFeatures(over: Partial<RequestFeatures> = {}): RequestFeatures {
  return {
    languageId: 'typescript',
    instruction: '',
    subjectText: '',
    promptTokens: 400,
    codeLines: 12,
    files: 1,
    outsideNames: 2,
    ...over,
  };
}

const DEADLINE = { firstTokenMs: 5_000, idleMs: 5_000, totalMs: 60_000 };
export const CALL_OPTIONS = { maxOutputTokens: 1_000, deadline: DEADLINE, logprobs: true };

export function aTask(task: Task, over: Partial<DecidableRequest> = {}): DecidableRequest {
  return {
    task,
    features: someFeatures(),
    options: { local: CALL_OPTIONS, cloud: CALL_OPTIONS },
    ...over,
  };
}
