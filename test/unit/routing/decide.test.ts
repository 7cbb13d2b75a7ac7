import { describe, expect, test } from 'vitest';
import type { Decision, RunDecision } from '../../../src/routing/decision';
import { decide } from '../../../src/routing/decide';
import { SHIPPED } from '../../../src/routing/gain/weights';
import type { Policy } from '../../../src/routing/policy';
import type { ModelRef } from '../../../src/models/model';
import type { World } from '../../../src/routing/world';
import {
  aPolicy,
  aTask,
  aWorld,
  CLOUD_LARGE,
  CLOUD_SMALL,
  LOCAL_CHAT,
  LOCAL_CODER,
  someFeatures,
} from './a-world';

const withPolicy = (over: Partial<Policy>, world: Partial<World> = {}): World =>
  aWorld({ ...world, policy: aPolicy(over) });

const down =
  (place: ModelRef['place']): World['health'] =>
  (model) =>
    model.place === place
      ? { kind: 'down', since: 0, reason: 'no answer', nextProbeAt: 15_000 }
      : { kind: 'up' };

const NO_KEY: Partial<World> = { isSetUp: (model) => model.place === 'local' };
const CAPPED: Partial<World> = {
  budget: { spentToday: 1, spentThisMonth: 1, reserved: 0, dayCap: 1, level: 'capped' },
};

function running(decision: Decision): RunDecision {
  if (decision.kind !== 'run') throw new Error(`refused: ${decision.rule}`);
  return decision;
}

const ruleOf = (decision: Decision): string => (decision.kind === 'refuse' ? decision.rule : 'not refused');
const codes = (decision: Decision): string[] => decision.reasons.map((reason) => reason.code);

const COMPLEX = someFeatures({ codeLines: 400 });
const RENAME = someFeatures({ instruction: 'rename total to sum' });

describe('with everything available', () => {
  test('a completion runs on the local completion model and never goes to the cloud', () => {
    const decision = running(decide(aTask('complete'), aWorld()));
    expect(decision).toMatchObject({
      track: 'local',
      model: LOCAL_CODER,
      baseline: CLOUD_SMALL,
      threshold: 0,
    });
    expect(decision.rescue).toBeUndefined();
    expect(decision.otherwise).toBeUndefined();
  });

  test('a completion may be rescued by the cloud once the user opts in', () => {
    const decision = decide(aTask('complete'), withPolicy({ completionsMayUseCloud: true }));
    expect(decision).toMatchObject({ track: 'local', rescue: CLOUD_SMALL });
  });

  test('an explanation starts locally and escalates to the small cloud model', () => {
    expect(decide(aTask('explain'), aWorld())).toMatchObject({
      track: 'local',
      model: LOCAL_CHAT,
      rescue: CLOUD_SMALL,
      baseline: CLOUD_SMALL,
    });
  });

  test('a complex explanation goes to the cloud at once and says what made it complex', () => {
    const decision = decide(aTask('explain', { features: COMPLEX }), aWorld());
    expect(decision).toMatchObject({ track: 'cloud', model: CLOUD_SMALL });
    expect(decision.reasons.map((reason) => reason.text)).toContain('looks complex: 400 lines of code');
  });

  test('a refactoring and a question go to the large cloud model', () => {
    expect(decide(aTask('refactor'), aWorld())).toMatchObject({ track: 'cloud', model: CLOUD_LARGE });
    expect(decide(aTask('ask'), aWorld())).toMatchObject({ track: 'cloud', model: CLOUD_LARGE });
  });

  test('a simple refactoring runs locally where the user allows it, with the cloud behind it', () => {
    const world = withPolicy({ simpleRefactorsMayRunLocally: true });
    expect(decide(aTask('refactor', { features: RENAME }), world)).toMatchObject({
      track: 'local',
      model: LOCAL_CHAT,
      rescue: CLOUD_LARGE,
    });
    expect(decide(aTask('refactor', { features: COMPLEX }), world)).toMatchObject({ track: 'cloud' });
  });

  test('what the workspace already predicts needs no model', () => {
    const decision = decide(aTask('complete', { instant: { text: 'x', confidence: 1 } }), aWorld());
    expect(decision).toMatchObject({ track: 'instant', baseline: CLOUD_SMALL, estimate: { usd: 0 } });
    expect(running(decision).model).toBeUndefined();
  });
});

describe('when the cloud cannot be used', () => {
  test.each([
    ['no key', NO_KEY, {}, 'no-key'],
    ['the offline switch', {}, { offline: true }, 'offline'],
    ['organisation policy', {}, { cloudForbidden: true }, 'policy'],
    ['Restricted Mode', {}, { trusted: false }, 'policy'],
    ['a cloud that is down', { health: down('cloud') }, {}, 'cloud-down'],
    ['a cap the user was asked about', { ...CAPPED, askedAboutCap: true }, {}, 'cap'],
  ] as const)('with %s a refactoring runs locally, marked as forced', (_name, world, policy, forced) => {
    const decision = running(decide(aTask('refactor'), withPolicy(policy, world)));
    expect(decision).toMatchObject({ track: 'local', model: LOCAL_CHAT, forced });
    expect(decision.rescue).toBeUndefined();
    expect(decision.otherwise).toMatchObject({ track: 'cloud', model: CLOUD_LARGE });
  });

  test('an explanation stays local as always, unforced, without rescue', () => {
    const decision = running(decide(aTask('explain'), withPolicy({ offline: true })));
    expect(decision.track).toBe('local');
    expect(decision.forced).toBeUndefined();
    expect(decision.rescue).toBeUndefined();
  });

  test('a cap stops cloud tasks where the user set it so', () => {
    const world = withPolicy({ atCap: 'stop' }, { ...CAPPED, askedAboutCap: true });
    expect(ruleOf(decide(aTask('ask'), world))).toBe('budget-cap');
  });

  test('a cap the user was not asked about yet does not settle the track', () => {
    const decision = decide(aTask('ask'), aWorld(CAPPED));
    expect(decision).toMatchObject({ kind: 'run', track: 'cloud' });
    expect(codes(decision)).toContain('cap-reached');
  });

  test('with neither key nor local model there is no track', () => {
    expect(ruleOf(decide(aTask('ask'), aWorld({ isSetUp: () => false })))).toBe('no-track');
  });
});

describe('when the local track is down', () => {
  test('an explanation goes to the cloud without waiting', () => {
    const decision = decide(aTask('explain'), aWorld({ health: down('local') }));
    expect(decision).toMatchObject({ track: 'cloud', model: CLOUD_SMALL, otherwise: { track: 'local' } });
    expect(codes(decision)).toContain('local-unavailable');
  });

  test('a completion has no track', () => {
    expect(ruleOf(decide(aTask('complete'), aWorld({ health: down('local') })))).toBe('no-track');
  });

  test('offline, an explanation is refused because of the switch', () => {
    const world = withPolicy({ offline: true }, { health: down('local') });
    expect(ruleOf(decide(aTask('explain'), world))).toBe('offline');
  });
});

describe('what the user says', () => {
  test('"next request: cloud" wins over the table', () => {
    const decision = decide(aTask('explain', { override: 'cloud' }), aWorld());
    expect(decision).toMatchObject({ track: 'cloud', model: CLOUD_SMALL, otherwise: { track: 'local' } });
  });

  test('"next request: local" wins over the table and is never rescued by the cloud', () => {
    const decision = running(decide(aTask('refactor', { override: 'local' }), aWorld()));
    expect(decision).toMatchObject({ track: 'local', otherwise: { track: 'cloud' } });
    expect(decision.rescue).toBeUndefined();
    expect(decision.forced).toBeUndefined();
  });

  test('"next request: cloud" wins over a fixed track, a cap and an open breaker', () => {
    const tracks = { complete: 'auto', explain: 'local', refactor: 'auto', ask: 'auto' } as const;
    const world = withPolicy({ tracks }, { ...CAPPED, askedAboutCap: true, health: down('cloud') });
    expect(decide(aTask('explain', { override: 'cloud' }), world)).toMatchObject({ track: 'cloud' });
  });

  test.each([
    ['offline', { offline: true }],
    ['organisation-policy', { cloudForbidden: true }],
    ['restricted-mode', { trusted: false }],
  ] as const)('nothing wins over %s', (rule, policy) => {
    expect(ruleOf(decide(aTask('ask', { override: 'cloud' }), withPolicy(policy)))).toBe(rule);
  });

  test('a fixed local track is not rescued by the cloud', () => {
    const tracks = { complete: 'auto', explain: 'local', refactor: 'auto', ask: 'auto' } as const;
    const decision = running(decide(aTask('explain', { features: COMPLEX }), withPolicy({ tracks })));
    expect(decision.track).toBe('local');
    expect(decision.rescue).toBeUndefined();
  });

  test('a threshold of their own wins over the target', () => {
    const thresholds = { explain: 0.9 };
    expect(decide(aTask('explain'), withPolicy({ target: 'thrifty', thresholds }))).toMatchObject({
      threshold: 0.9,
    });
  });

  test('a more demanding target doubts more', () => {
    const at = (target: Policy['target']): number =>
      running(decide(aTask('explain'), withPolicy({ target }))).threshold;
    expect(at('thrifty')).toBeLessThan(at('balanced'));
    expect(at('balanced')).toBeLessThan(at('best'));
  });
});

describe('predicted gain', () => {
  const predict: World['predict'] = () => ({
    gain: 0.5,
    reasons: [{ code: 'gain', text: 'asks for an output' }],
  });

  test('a large gain sends an explanation to the cloud before anything is generated', () => {
    const decision = decide(aTask('explain'), aWorld({ predict }));
    expect(decision).toMatchObject({ track: 'cloud' });
    expect(decision.reasons.map((reason) => reason.text)).toContain('asks for an output');
  });

  test('an ordinary gain leaves it to the checks', () => {
    const usual: World['predict'] = () => ({ gain: 0.36, reasons: [] });
    expect(decide(aTask('explain'), aWorld({ predict: usual }))).toMatchObject({ track: 'local' });
  });

  test.each([
    ['thrifty', 0.64, 'local'],
    ['thrifty', 0.66, 'cloud'],
    ['balanced', 0.39, 'cloud'],
    ['balanced', 0.37, 'local'],
    ['best', 0.38, 'cloud'],
    ['best', 0.36, 'local'],
  ] as const)('with the target %s a gain of %d runs it on the track %s', (target, gain, track) => {
    const foretold: World['predict'] = () => ({ gain, reasons: [] });
    expect(decide(aTask('explain'), withPolicy({ target }, { predict: foretold }))).toMatchObject({ track });
  });

  test('no measured kind of explanation leaves this machine by its mean alone', () => {
    const mean = SHIPPED.kinds['read-forward']?.meanGain ?? NaN;
    const usual: World['predict'] = () => ({ gain: mean, reasons: [] });
    for (const target of ['thrifty', 'balanced', 'best'] as const) {
      expect(decide(aTask('explain'), withPolicy({ target }, { predict: usual }))).toMatchObject({
        track: 'local',
      });
    }
  });

  describe('of a refactoring', () => {
    const MODERATE = someFeatures({ codeLines: 60 });
    const refactorAt = (gain: number, over: Partial<Policy>, features = MODERATE): Decision =>
      decide(
        aTask('refactor', { features }),
        withPolicy(over, {
          predict: () => ({ gain, reasons: [{ code: 'gain', text: 'few lines of code' }] }),
        }),
      );
    const allowed = { simpleRefactorsMayRunLocally: true };

    test('a small one runs it here where the user allows that, with the cloud behind it', () => {
      const decision = refactorAt(0.3, allowed);
      expect(decision).toMatchObject({ track: 'local', rescue: CLOUD_LARGE });
      expect(codes(decision)).toContain('small-predicted-gain');
      expect(decision.reasons.map((reason) => reason.text)).toContain('few lines of code');
    });

    test('a small one changes nothing where the user has not allowed it', () => {
      expect(refactorAt(0.28, {})).toMatchObject({ track: 'cloud' });
    });

    test('the usual one leaves it to the cloud', () => {
      expect(refactorAt(SHIPPED.kinds.complete?.meanGain ?? NaN, allowed)).toMatchObject({ track: 'cloud' });
    });

    test('none runs a complex one here', () => {
      expect(refactorAt(0.28, allowed, COMPLEX)).toMatchObject({ track: 'cloud' });
    });

    test('none runs here by it with the target best', () => {
      expect(refactorAt(0, { ...allowed, target: 'best' })).toMatchObject({ track: 'cloud' });
    });

    test('the usual one does not take back what the user allowed of simple ones', () => {
      expect(refactorAt(0.42, allowed, RENAME)).toMatchObject({ track: 'local', rescue: CLOUD_LARGE });
    });
  });

  test('it never sends a completion to the cloud', () => {
    expect(decide(aTask('complete'), aWorld({ predict }))).toMatchObject({ track: 'local' });
  });
});

describe('an edit that could start on this machine if the user allowed it', () => {
  const STAND_IN: ModelRef = { ...LOCAL_CHAT, standIn: true };
  const could = (over: Partial<Policy> = {}, world: Partial<World> = {}, features = RENAME) => {
    const decision = decide(aTask('refactor', { features }), withPolicy(over, world));
    return decision.kind === 'run' ? decision.localIfAllowed : undefined;
  };

  test('goes to the cloud, and says what it would take here and why it does not start here', () => {
    const decision = running(decide(aTask('refactor', { features: RENAME }), aWorld()));
    expect(decision.track).toBe('cloud');
    expect(decision.localIfAllowed).toMatchObject({ model: LOCAL_CHAT, estimate: { usd: 0 } });
    expect(codes(decision)).toContain('local-not-allowed');
  });

  test('is one of which little more is to be expected from the cloud, too', () => {
    const moderate = someFeatures({ codeLines: 60 });
    const gaining = (gain: number): Partial<World> => ({ predict: () => ({ gain, reasons: [] }) });
    expect(could({}, gaining(0.3), moderate)).toMatchObject({ model: LOCAL_CHAT });
    expect(could({}, gaining(0.42), moderate)).toBeUndefined();
  });

  test('just starts here once it is allowed', () => {
    expect(could({ simpleRefactorsMayRunLocally: true })).toBeUndefined();
  });

  const fixed = (refactor: 'local' | 'cloud'): Partial<Policy> => ({
    tracks: { complete: 'auto', explain: 'auto', refactor, ask: 'auto' },
  });

  test.each([
    ['it is complex', {}, {}, COMPLEX],
    ['the track is fixed to the cloud', fixed('cloud'), {}, RENAME],
    ['the track is fixed to this machine', fixed('local'), {}, RENAME],
    ['Switchyard is offline', { offline: true }, {}, RENAME],
    ['the organisation forbids the cloud', { cloudForbidden: true }, {}, RENAME],
    ['the workspace is not trusted', { trusted: false }, {}, RENAME],
    ['there is no key', {}, NO_KEY, RENAME],
    ['Claude is down, so that nobody would take over', {}, { health: down('cloud') }, RENAME],
    ['the local engine is down', {}, { health: down('local') }, RENAME],
    ['no local engine is set up', {}, { isSetUp: (model: ModelRef) => model.place === 'cloud' }, RENAME],
    ['the cap is reached', {}, CAPPED, RENAME],
    ['the call is over the cap', {}, { budget: { ...aWorld().budget, dayCap: 1e-6, level: 'ok' } }, RENAME],
  ] as const)('is none where %s', (_why, over, world, features) => {
    expect(could(over, world, features)).toBeUndefined();
  });

  test('is none where there is no local model, or only a stand-in', () => {
    const { explain: _explain, ...others } = aPolicy().models;
    expect(could({ models: others })).toBeUndefined();
    expect(could({ models: { ...others, explain: STAND_IN } })).toBeUndefined();
  });

  test.each(['local', 'cloud'] as const)('is none where the user asked for the %s track', (override) => {
    const decision = decide(aTask('refactor', { features: RENAME, override }), aWorld());
    expect(running(decision).localIfAllowed).toBeUndefined();
  });

  test.each(['explain', 'ask', 'complete'] as const)('is never a request of the task %s', (task) => {
    expect(running(decide(aTask(task, { features: RENAME }), aWorld())).localIfAllowed).toBeUndefined();
  });
});

describe('the estimate', () => {
  test('prices typical lengths before there is history', () => {
    const features = someFeatures({ promptTokens: 2_000 });
    expect(decide(aTask('explain', { features, override: 'cloud' }), aWorld())).toMatchObject({
      estimate: { inputTokens: 2_000, outputTokens: 500, usd: 0.0045 },
    });
  });

  test('counts for a cloud what a cloud would get, and for the local model what that would get', () => {
    const features = someFeatures({ promptTokens: 3_061, cloudPromptTokens: 48_702 });
    const decided = (override: 'local' | 'cloud') => decide(aTask('ask', { features, override }), aWorld());
    expect(decided('cloud')).toMatchObject({ estimate: { inputTokens: 48_702 } });
    expect(decided('local')).toMatchObject({ estimate: { inputTokens: 3_061 } });
  });

  test('is corrected by history and never longer than the answer may be', () => {
    const history: World['history'] = () => ({ outputTokens: 5_000, ms: 4_200 });
    expect(decide(aTask('ask'), aWorld({ history }))).toMatchObject({
      estimate: { outputTokens: 1_000, ms: 4_200 },
    });
  });

  test('is free locally', () => {
    expect(decide(aTask('explain'), aWorld())).toMatchObject({ estimate: { usd: 0 } });
  });

  test('leaves an unknown price unknown', () => {
    const decision = running(decide(aTask('ask'), aWorld({ price: () => undefined })));
    expect('usd' in decision.estimate).toBe(false);
  });
});
