import * as z from 'zod';
import type { Reason } from '../decision';
import type { Verdict } from '../outcome';
import type { RequestFeatures, Task, Track } from '../request';
import { GOODNESS } from '../goodness';

/**
 * What this user's own verdicts say about the gain, per bucket of requests. Plain JSON, written beside the ledger;
 * holds counts alone, no text.
 */
export interface Learned {
  readonly version: 1;
  readonly buckets: Readonly<Record<string, Bucket>>;
}

export interface Bucket {
  /** Decayed sums over answers of each track: how many, and how many of them were good (0 to 1 each). */
  readonly localSeen: number;
  readonly localGood: number;
  readonly cloudSeen: number;
  readonly cloudGood: number;
  /** Answers counted since the last reset, undecayed. */
  readonly answers: number;
}

export const NOTHING_LEARNED: Learned = { version: 1, buckets: {} };

/** Old verdicts fade: after about 50 newer ones of the same bucket and track one counts for half. */
const FADE = 0.986;

/**
 * What is known of a track also fades with every answer of the other one, judged or not; to a half after about 140.
 * A habit that keeps requests off a track would otherwise be the last that is ever heard of it, and a better local
 * model never be tried. `bench:routing --learn` shows what that gains and costs.
 */
const FADE_UNHEARD = 0.995;

/** What faded sums never exceed (a geometric series). */
const MOST_SEEN = Math.ceil(1 / (1 - FADE));

const sum = z.number().nonnegative();
const Stored = z.object({
  version: z.literal(1),
  buckets: z.record(z.string(), z.unknown()),
});
const StoredBucket = z
  .object({ localSeen: sum, localGood: sum, cloudSeen: sum, cloudGood: sum, answers: sum })
  .refine((bucket) => bucket.localGood <= bucket.localSeen && bucket.cloudGood <= bucket.cloudSeen)
  .refine((bucket) => Math.max(bucket.localSeen, bucket.cloudSeen) <= MOST_SEEN);

/** What was written earlier, by whatever version, as far as it holds: a bucket that makes no sense is dropped. */
export function readLearned(written: unknown): Learned {
  const stored = Stored.safeParse(written);
  if (!stored.success) return NOTHING_LEARNED;
  const buckets = Object.entries(stored.data.buckets).flatMap(([name, value]) => {
    const bucket = StoredBucket.safeParse(value);
    return bucket.success ? [[name, bucket.data] as const] : [];
  });
  return { version: 1, buckets: forgetSmallest(Object.fromEntries(buckets)) };
}

/** Buckets beyond this are forgotten, least used first. */
const MOST_BUCKETS = 200;

/**
 * Pseudo-answers of the belief each bucket starts from. An answer counts in three buckets, so about a third of this
 * many real answers outweigh the start.
 */
const STARTING_ANSWERS = 24;

/** Hard bound of what learning may add to or take from a gain. */
export const LEARNED_REACH = 0.25;

/**
 * What n verdicts may say by chance, times √n (half a standard error of a share of one half): learning moves a gain
 * only by what goes beyond. One "ask Claude instead" is about that one answer, the third in a row about its kind.
 */
const CHANCE = 0.25;

/** A smaller shift is not told. */
const LEAST_TOLD = 0.03;

/** What the starting belief takes for granted of an answer, where a bucket has none: 1 − the usual share of failures. */
const USUAL = { local: 0.6, cloud: 0.85 } as const;

const sizeOf = (features: Pick<RequestFeatures, 'promptTokens'>): string =>
  features.promptTokens < 500 ? 'small' : features.promptTokens < 3000 ? 'medium' : 'large';

/** From wide to narrow: each falls back on the one before it. */
export const bucketsOf = (
  task: Task,
  features: Pick<RequestFeatures, 'languageId' | 'promptTokens'>,
): string[] => [task, `${task} ${features.languageId}`, `${task} ${features.languageId} ${sizeOf(features)}`];

const EMPTY: Bucket = { localSeen: 0, localGood: 0, cloudSeen: 0, cloudGood: 0, answers: 0 };

/** An answer of a model to one of the user's requests. */
export interface Answer {
  readonly task: Task;
  readonly features: Pick<RequestFeatures, 'languageId' | 'promptTokens'>;
  readonly track: Exclude<Track, 'instant'>;
}

export interface Lesson extends Answer {
  readonly verdict: Verdict;
}

/** The state after an answer, whatever the user makes of it: what is known of the other track fades. */
export const fadeUnheard = (learned: Learned, answer: Answer): Learned =>
  withBuckets(learned, answer, (old = EMPTY) => {
    const { localSeen, localGood, cloudSeen, cloudGood } = old;
    const unheard = answer.track === 'local' ? cloudSeen : localSeen;
    if (unheard === 0) return undefined;
    return answer.track === 'local'
      ? { ...old, cloudSeen: cloudSeen * FADE_UNHEARD, cloudGood: cloudGood * FADE_UNHEARD }
      : { ...old, localSeen: localSeen * FADE_UNHEARD, localGood: localGood * FADE_UNHEARD };
  });

/** The state after one more verdict. Pure: the same state and lesson give the same result. */
export function learn(learned: Learned, lesson: Lesson): Learned {
  const good = GOODNESS[lesson.verdict];
  return withBuckets(learned, lesson, (old = EMPTY) => {
    const answers = old.answers + 1;
    return lesson.track === 'local'
      ? { ...old, localSeen: old.localSeen * FADE + 1, localGood: old.localGood * FADE + good, answers }
      : { ...old, cloudSeen: old.cloudSeen * FADE + 1, cloudGood: old.cloudGood * FADE + good, answers };
  });
}

/** The state after the user thought better of an answer: it counts once, by the last verdict. */
export function relearn(learned: Learned, lesson: Lesson, before: Verdict): Learned {
  const change = GOODNESS[lesson.verdict] - GOODNESS[before];
  const changed = (good: number, seen: number): number => Math.max(0, Math.min(seen, good + change));
  return withBuckets(learned, lesson, (old) =>
    // Forgotten since: there is nothing to correct.
    old === undefined
      ? undefined
      : lesson.track === 'local'
        ? { ...old, localGood: changed(old.localGood, old.localSeen) }
        : { ...old, cloudGood: changed(old.cloudGood, old.cloudSeen) },
  );
}

/** `change` gives a bucket its new counts; undefined leaves it as it is. The same state where it leaves all. */
function withBuckets(
  learned: Learned,
  { task, features }: Answer,
  change: (old: Bucket | undefined) => Bucket | undefined,
): Learned {
  const changed = bucketsOf(task, features).flatMap((name) => {
    const bucket = change(learned.buckets[name]);
    return bucket === undefined ? [] : [[name, bucket] as const];
  });
  if (changed.length === 0) return learned;
  return {
    version: 1,
    buckets: forgetSmallest({ ...learned.buckets, ...Object.fromEntries(changed) }),
  };
}

function forgetSmallest(buckets: Record<string, Bucket>): Record<string, Bucket> {
  const entries = Object.entries(buckets);
  if (entries.length <= MOST_BUCKETS) return buckets;
  return Object.fromEntries(entries.sort(([, a], [, b]) => b.answers - a.answers).slice(0, MOST_BUCKETS));
}

/** Shares of good answers of a bucket, each drawn towards `belief` by {@link STARTING_ANSWERS} pseudo-answers. */
function believed(
  bucket: Bucket,
  belief: { local: number; cloud: number },
): { local: number; cloud: number } {
  const share = (good: number, seen: number, start: number): number =>
    (good + STARTING_ANSWERS * start) / (seen + STARTING_ANSWERS);
  return {
    local: share(bucket.localGood, bucket.localSeen, belief.local),
    cloud: share(bucket.cloudGood, bucket.cloudSeen, belief.cloud),
  };
}

export interface LearnedShift {
  /** Within ±{@link LEARNED_REACH}. */
  readonly shift: number;
  readonly reasons: readonly Reason[];
}

/** What learning adds to the predicted gain. */
export const learnedShift = (
  learned: Learned,
  task: Task,
  features: Pick<RequestFeatures, 'languageId' | 'promptTokens'>,
): LearnedShift => shiftOfBuckets(learned, bucketsOf(task, features));

/** As {@link learnedShift}, for a kind of request named by its buckets, from wide to narrow. */
export function shiftOfBuckets(learned: Learned, names: readonly string[]): LearnedShift {
  let belief: { local: number; cloud: number } = { ...USUAL };
  let [judged, seen] = [0, 0];
  for (const name of names) {
    const bucket = learned.buckets[name];
    if (bucket === undefined) break;
    belief = believed(bucket, belief);
    judged = bucket.answers;
    seen = bucket.localSeen + bucket.cloudSeen;
  }
  const cloud = belief.cloud - USUAL.cloud;
  const local = belief.local - USUAL.local;
  const raw = cloud - local;
  const beyond = Math.sign(raw) * Math.max(0, Math.abs(raw) - CHANCE / Math.sqrt(1 + seen));
  const shift = Math.max(-LEARNED_REACH, Math.min(LEARNED_REACH, beyond));
  if (Math.abs(shift) < LEAST_TOLD) return { shift, reasons: [] };
  const kept =
    Math.abs(local) >= Math.abs(cloud)
      ? `${local > 0 ? 'more' : 'fewer'} local answers`
      : `${cloud > 0 ? 'more' : 'fewer'} cloud answers`;
  const text = `you kept ${kept} of this kind than usual (${judged} judged)`;
  return { shift, reasons: [{ code: shift > 0 ? 'learned-cloud' : 'learned-local', text }] };
}
