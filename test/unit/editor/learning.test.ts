import { state } from 'callbag-recharge';
import { describe, expect, test } from 'vitest';
import { Learning } from '../../../src/editor/core/learning';
import { readOwnRecord } from '../../../src/routing/confidence/own-record';
import { readLearned } from '../../../src/routing/gain/learned';
import type { Feedback, Outcome, Verdict } from '../../../src/routing/outcome';
import { attempt, LOCAL, onCloud, outcome, SONNET, tokens } from '../ledger/outcomes';
import { aRequest } from '../routing/a-yard';

/** One window: what it keeps, and what its yard tells. */
function aWindow({ demo = false, kept = new Map<string, unknown>() } = {}) {
  const memory = {
    get: (key: string): unknown => kept.get(key),
    update: (key: string, value: unknown): Promise<void> => {
      kept.set(key, JSON.parse(JSON.stringify(value ?? null)));
      return Promise.resolve();
    },
  };
  const learning = new Learning({ memory, demo, inBackground: () => undefined });
  const outcomes = state<Outcome | undefined>(undefined);
  const feedbacks = state<Feedback | undefined>(undefined);
  learning.follow({ outcomes, feedbacks });
  let at = 0;
  return {
    learning,
    kept,
    answered(one: Outcome): string {
      learning.remember(aRequest(one.task, { id: one.requestId }));
      outcomes.set(one);
      return one.requestId;
    },
    judge(requestId: string, verdict: Verdict): void {
      at += 1;
      feedbacks.set({ requestId, verdict, at });
    },
    get local() {
      const bucket = readLearned(kept.get('switchyard.learned')).buckets['explain'];
      return bucket === undefined ? undefined : { seen: bucket.localSeen, good: bucket.localGood };
    },
    get judgedScores() {
      const bins = readOwnRecord(kept.get('switchyard.record')).tasks.explain ?? [];
      return bins.flatMap(({ seen, good }, bin) => (seen === 0 ? [] : [{ bin, seen, good }]));
    },
  };
}

const localAnswer = (confidence: number): Outcome =>
  outcome({ attempts: [attempt(LOCAL, tokens(10, 10), { confidence })] });

describe('what a verdict teaches', () => {
  test.each([
    ['accepted', 1],
    ['edited', 0.6],
    ['rejected', 0],
    ['redone', 0],
  ] as const)('"%s" is learned, with the score beforehand', (verdict, good) => {
    const window = aWindow();
    window.judge(window.answered(localAnswer(0.5)), verdict);
    expect(window.local).toEqual({ seen: 1, good });
    expect(window.judgedScores).toEqual([{ bin: 2, seen: 1, good }]);
  });

  test('an answer that was accepted and edited afterwards counts once', () => {
    const window = aWindow();
    const id = window.answered(localAnswer(0.5));
    window.judge(id, 'accepted');
    window.judge(id, 'edited');
    expect(window.local).toEqual({ seen: 1, good: 0.6 });
    expect(window.judgedScores).toMatchObject([{ bin: 2, seen: 1 }]);
    expect(window.judgedScores[0]?.good).toBeCloseTo(0.6);
  });

  test('what was asked again on the cloud stays so, as in the books', () => {
    const window = aWindow();
    const id = window.answered(localAnswer(0.5));
    window.judge(id, 'redone');
    window.judge(id, 'accepted');
    expect(window.local).toEqual({ seen: 1, good: 0 });
  });

  test('the score of an answer that a second sample judged is its own', () => {
    const window = aWindow();
    const sampled = outcome({
      attempts: [
        attempt(LOCAL, tokens(10, 10), { confidence: 0.9 }),
        attempt(LOCAL, tokens(10, 10), { role: 'sample' }),
      ],
    });
    window.judge(window.answered(sampled), 'accepted');
    expect(window.judgedScores).toEqual([{ bin: 4, seen: 1, good: 1 }]);
  });

  test('a verdict on an escalated answer is about the cloud’s, not about the doubted one', () => {
    const window = aWindow();
    const escalated = outcome({
      attempts: [
        attempt(LOCAL, tokens(10, 10), { confidence: 0.2, end: { kind: 'doubted', finish: 'stop' } }),
        attempt(SONNET, tokens(10, 10), { role: 'escalation' }),
      ],
      result: { kind: 'answered', track: 'cloud' },
    });
    window.judge(window.answered(escalated), 'accepted');
    expect(window.local).toEqual({ seen: 0, good: 0 });
    expect(window.judgedScores).toEqual([]);
  });

  test('a stand-in’s answers teach nothing about the model that will take its place', () => {
    const window = aWindow();
    const standIn = attempt({ ...LOCAL, standIn: true }, tokens(10, 10), { confidence: 0.2 });
    window.judge(window.answered(outcome({ attempts: [standIn] })), 'redone');
    expect(window.local).toBeUndefined();
  });

  test('the demo’s stand-in servers teach nothing about real models', () => {
    const window = aWindow({ demo: true });
    window.judge(window.answered(localAnswer(0.5)), 'redone');
    expect(window.local).toBeUndefined();
    expect(window.learning.inWords()).toContain('explanations');
  });
});

describe('what was learned', () => {
  test('holds over windows: each learns on from what the other has written', () => {
    const one = aWindow();
    const two = aWindow({ kept: one.kept });
    one.judge(one.answered(localAnswer(0.5)), 'accepted');
    two.judge(two.answered(localAnswer(0.5)), 'accepted');
    expect(one.local?.seen).toBeCloseTo(1.986);
  });

  test('is read once for any number of decisions, and again when it has changed', () => {
    const window = aWindow();
    window.judge(window.answered(localAnswer(0.5)), 'redone');
    let reads = 0;
    const written = window.kept.get('switchyard.learned') as object;
    const watched = new Proxy(written, {
      get: (target, key): unknown => {
        if (key === 'buckets') reads += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
    window.kept.set('switchyard.learned', watched);
    const { features } = aRequest('explain');
    window.learning.predict(features, 'explain');
    const once = reads;
    for (let i = 0; i < 100; i++) window.learning.predict(features, 'explain');
    expect(once).toBeGreaterThan(0);
    expect(reads).toBe(once);
    window.kept.set('switchyard.learned', new Proxy(watched, {}));
    window.learning.predict(features, 'explain');
    expect(reads).toBeGreaterThan(once);
  });

  test('a store that was damaged teaches nothing and is written anew', () => {
    const window = aWindow({ kept: new Map<string, unknown>([['switchyard.learned', { buckets: 7 }]]) });
    expect(window.learning.inWords()).toContain('Nothing yet');
    window.judge(window.answered(localAnswer(0.5)), 'accepted');
    expect(window.local).toEqual({ seen: 1, good: 1 });
  });

  test('is written anew only for an answer that makes something of it fade', () => {
    const window = aWindow();
    window.judge(window.answered(localAnswer(0.5)), 'accepted');
    const written = window.kept.get('switchyard.learned');
    window.answered(outcome({ task: 'refactor' }));
    window.answered(localAnswer(0.5));
    expect(window.kept.get('switchyard.learned')).toBe(written);
    window.answered(onCloud({ task: 'explain' }));
    expect(window.local?.seen).toBeCloseTo(0.995, 6);
  });

  test('can be forgotten', async () => {
    const window = aWindow();
    window.judge(window.answered(localAnswer(0.5)), 'accepted');
    await window.learning.forget();
    expect(window.local).toBeUndefined();
    expect(window.learning.inWords()).toContain('Nothing yet');
  });
});
