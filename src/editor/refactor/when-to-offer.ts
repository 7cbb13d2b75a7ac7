import * as z from 'zod';

/** Whoever turns away may have been in a hurry, and is asked once more; after that it is only a setting. */
const MOST_TIMES = 2;

/** Long enough to be another day at work, in ms. */
const APART_MS = 20 * 60 * 60_000;

const turnedAway = z.object({ times: z.number().int().nonnegative(), at: z.number() });

/** How often it was put off, and when last (ms since 1970). */
export type TurnedAway = z.infer<typeof turnedAway>;

/** From storage, where anything may stand. */
export const readTurnedAway = (stored: unknown): TurnedAway => {
  const read = turnedAway.safeParse(stored);
  return read.success ? read.data : { times: 0, at: 0 };
};

export const mayAsk = ({ times, at }: TurnedAway, now: number): boolean =>
  times === 0 || (times < MOST_TIMES && now - at >= APART_MS);

export const isLastTime = ({ times }: TurnedAway): boolean => times + 1 >= MOST_TIMES;

export const turnAway = ({ times }: TurnedAway, now: number): TurnedAway => ({ times: times + 1, at: now });
