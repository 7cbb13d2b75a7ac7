import { describe, expect, test } from 'vitest';
import {
  fadeUnheard,
  learn,
  LEARNED_REACH,
  learnedShift,
  NOTHING_LEARNED,
  readLearned,
  relearn,
  type Learned,
  type Lesson,
} from '../../../src/routing/gain/learned';
import { inspectLearned } from '../../../src/routing/gain/learned-words';
import { wantedTrack } from '../../../src/routing/wanted-track';
import type { World } from '../../../src/routing/world';
import { aTask, aWorld } from '../routing/a-world';

/** As the kinds of explanations measured gained on average. */
const USUAL_GAIN = 0.36;
const SIMPLE = { level: 'simple', because: [] } as const;
const features = { languageId: 'typescript', promptTokens: 800 };
const localExplanation = (verdict: Lesson['verdict']): Lesson => ({
  task: 'explain',
  features,
  track: 'local',
  verdict,
});
const times = (count: number, lesson: Lesson, from: Learned = NOTHING_LEARNED): Learned =>
  Array.from({ length: count }).reduce<Learned>((state) => learn(state, lesson), from);
const shift = (state: Learned): number => learnedShift(state, 'explain', features).shift;

describe('learning from the user', () => {
  test('starts without an opinion', () => {
    expect(shift(NOTHING_LEARNED)).toBe(0);
  });

  test('rejected local answers move requests towards the cloud', () => {
    expect(shift(times(10, localExplanation('rejected')))).toBeGreaterThan(0.1);
  });

  test('accepted local answers move requests towards the local model', () => {
    expect(shift(times(10, localExplanation('accepted')))).toBeLessThan(-0.05);
  });

  test('one verdict moves little', () => {
    expect(Math.abs(shift(learn(NOTHING_LEARNED, localExplanation('rejected'))))).toBeLessThan(0.12);
  });

  test('one "ask Claude instead" keeps later explanations here, the third in a row does not', () => {
    const trackAfter = (count: number): string => {
      const learned = times(count, localExplanation('redone'));
      const predict: World['predict'] = () => ({ gain: USUAL_GAIN + shift(learned), reasons: [] });
      return wantedTrack(aTask('explain'), aWorld({ predict }), SIMPLE).track;
    };
    expect([0, 1, 2, 3].map(trackAfter)).toEqual(['local', 'local', 'local', 'cloud']);
  });

  test('never leaves its bounds', () => {
    expect(shift(times(5000, localExplanation('redone')))).toBe(LEARNED_REACH);
    expect(shift(times(5000, localExplanation('accepted')))).toBeGreaterThanOrEqual(-LEARNED_REACH);
  });

  test('an old habit gives way to a new one', () => {
    const before = times(300, localExplanation('rejected'));
    expect(shift(times(150, localExplanation('accepted'), before))).toBeLessThan(0);
  });

  test('ten thousand verdicts meant to mislead leave nothing behind that two hundred honest ones cannot mend', () => {
    const misled = times(10_000, localExplanation('redone'));
    expect(misled.buckets['explain']?.localSeen).toBeLessThan(72);
    expect(shift(times(200, localExplanation('accepted'), misled))).toBeLessThan(0);
  });

  test('a habit that keeps requests off this machine fades, so that a better local model is tried again', () => {
    const habit = times(5, localExplanation('redone'));
    const unjudged = Array.from({ length: 300 }).reduce<Learned>(
      (state) => fadeUnheard(state, { task: 'explain', features, track: 'cloud' }),
      habit,
    );
    expect(shift(habit)).toBeGreaterThan(0.05);
    expect(shift(unjudged)).toBe(0);
  });

  test('an answer counts once, by the last verdict', () => {
    const edited = relearn(times(1, localExplanation('accepted')), localExplanation('redone'), 'accepted');
    expect(edited).toEqual(times(1, localExplanation('redone')));
  });

  test('what was forgotten meanwhile is not brought back by a later verdict', () => {
    expect(relearn(NOTHING_LEARNED, localExplanation('redone'), 'accepted')).toEqual(NOTHING_LEARNED);
  });

  test.each([
    ['local', 'rejected', 'you kept fewer local answers of this kind than usual (20 judged)'],
    ['local', 'accepted', 'you kept more local answers of this kind than usual (20 judged)'],
    ['cloud', 'rejected', 'you kept fewer cloud answers of this kind than usual (20 judged)'],
    ['cloud', 'accepted', 'you kept more cloud answers of this kind than usual (20 judged)'],
  ] as const)('says what it goes by: %s answers %s', (track, verdict, words) => {
    const state = times(20, { ...localExplanation(verdict), track });
    expect(learnedShift(state, 'explain', features).reasons.map(({ text }) => text)).toEqual([words]);
  });

  test('what was seen in one language hints at another, but less', () => {
    const state = times(6, localExplanation('rejected'));
    const other = learnedShift(state, 'explain', { ...features, languageId: 'rust' }).shift;
    expect(other).toBeGreaterThan(0);
    expect(other).toBeLessThan(shift(state));
  });

  test('says nothing about other tasks', () => {
    expect(learnedShift(times(50, localExplanation('rejected')), 'refactor', features).shift).toBe(0);
  });

  test('can be read in words', () => {
    const [widest, , narrowest] = inspectLearned(times(12, localExplanation('rejected')));
    expect(widest).toEqual({
      kind: 'explanations',
      answers: 12,
      kept: '0 % of local answers kept, no cloud answer judged lately',
      effect: 'moves them towards the cloud by 12 points',
    });
    expect(narrowest?.kind).toBe('explanations in typescript, of medium length');
  });

  test('says so where nothing follows from what was learned', () => {
    const effectOf = (state: Learned): string | undefined => inspectLearned(state)[0]?.effect;
    expect(effectOf(times(1, localExplanation('rejected')))).toBe('too little to change anything');
    const asked = times(9, { ...localExplanation('rejected'), task: 'ask' });
    expect(effectOf(asked)).toBe('changes nothing: where these start does not depend on it');
  });

  test('survives JSON and holds no more buckets than its limit', () => {
    let state = times(4, localExplanation('edited'));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    for (let i = 0; i < 300; i++) {
      const lesson = localExplanation('accepted');
      state = learn(state, { ...lesson, features: { languageId: `language-${i}`, promptTokens: 10 } });
    }
    expect(Object.keys(state.buckets).length).toBeLessThanOrEqual(200);
    expect(state.buckets['explain']?.answers).toBe(304);
  });
});

describe('what was written earlier', () => {
  const state = times(3, localExplanation('rejected'));

  test('is read as it was', () => {
    expect(readLearned(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  test.each([undefined, null, 7, [], {}, { version: 2, buckets: {} }, { version: 1 }])(
    'teaches nothing where it is something else: %j',
    (written) => expect(readLearned(written)).toEqual(NOTHING_LEARNED),
  );

  test('loses no more than the buckets that make no sense', () => {
    const whole = { localSeen: 2, localGood: 1, cloudSeen: 0, cloudGood: 0, answers: 2 };
    const buckets = {
      explain: whole,
      text: 'a',
      negative: { ...whole, localSeen: -1 },
      impossible: { ...whole, localGood: 3 },
      more: { ...whole, localSeen: 1e300 },
      endless: { ...whole, answers: Infinity },
      partial: { localSeen: 1 },
    };
    expect(readLearned({ version: 1, buckets })).toEqual({ version: 1, buckets: { explain: whole } });
  });
});
