import type { Answer } from './cache';
import type { Rhythm } from './rhythm';

/**
 * What the last key did: went along with the text on the screen or met none (`typed`), was another one than
 * shown (`contradicted`), was that in a word nobody ever wrote (`slipped`), deleted
 * (`taken-back`), or put a line end behind the caret (`line-opened`).
 * `asked`: no key, the editor asks.
 */
export type LastKey = 'typed' | 'contradicted' | 'slipped' | 'taken-back' | 'line-opened' | 'asked';

/** What the decision whether to ask the model looks at. */
export interface Moment {
  /** What is known to follow the caret, from the cache; undefined where nothing fits. */
  readonly known:
    { readonly rest: string; readonly typed: number; readonly state: Answer['state'] } | undefined;
  /** The very same question was answered with nothing before. */
  readonly askedInVain: boolean;
  /** A request is on its way whose answer would fit. */
  readonly underWay: boolean;
  readonly lastKey: LastKey;
  readonly rhythm: Rhythm;
}

export type AskDecision =
  | { readonly kind: 'no'; readonly reason: 'known' | 'under-way' | 'asked-in-vain' }
  | { readonly kind: 'now'; readonly delayMs: number }
  /** Ask before it is needed, as if the first `assumed` characters of what is known were typed. */
  | { readonly kind: 'ahead'; readonly assumed: number };

/** Decides about asking the model; pure, so that every rule can be read and tested by itself. */
export function whenToAsk(moment: Moment): AskDecision {
  const { known, rhythm } = moment;
  if (moment.underWay) return { kind: 'no', reason: 'under-way' };
  if (moment.askedInVain) return { kind: 'no', reason: 'asked-in-vain' };
  if (known === undefined) return { kind: 'now', delayMs: delayAfter(moment.lastKey, rhythm) };
  if (known.state === 'streaming') return { kind: 'no', reason: 'known' };
  // Who pauses reads what is shown, and a cut answer shows less than there is.
  const wantsMore = known.state === 'cut' && moment.lastKey === 'asked';
  if (wantsMore || known.rest.length <= rhythm.keysUntilAnswer + 1)
    return { kind: 'ahead', assumed: known.rest.length };
  if (known.typed >= opinionChars(rhythm.firstTextMs)) {
    return { kind: 'ahead', assumed: 0 };
  }
  return { kind: 'no', reason: 'known' };
}

/** A slip is taken back within half a second (220 to 420 ms in typing studies, and in the traces). */
const SLIP_MS = 450;
/** A model that answers faster than this costs less than the wait would. */
const FAST_MS = 150;
/** From here on a request that turns out to be unwanted holds up the next one for longer than waiting for one key. */
const SLOW_MS = 500;
/** Who deletes one character often deletes another. */
const TAKEN_BACK_MS = 200;
/** The caret's own event follows the edit's: a line opened above moves it back. */
const CARET_SETTLES_MS = 20;

/** How long to wait for a sign that this is what the user meant; any further key ends the wait. */
function delayAfter(key: LastKey, rhythm: Rhythm): number {
  switch (key) {
    case 'slipped':
      return rhythm.firstTextMs < FAST_MS ? 0 : SLIP_MS;
    case 'contradicted':
      return rhythm.firstTextMs < SLOW_MS ? 0 : SLIP_MS;
    case 'taken-back':
      return TAKEN_BACK_MS;
    case 'line-opened':
      return CARET_SETTLES_MS;
    case 'typed':
    case 'asked':
      return 0;
  }
}

/** Bounds for `opinionChars`; 64 characters are two lines. */
const LEAST_OPINION_CHARS = 16;
const MOST_OPINION_CHARS = 64;

/**
 * After so many characters typed along one answer, another is asked for at the caret: when the first one
 * turns out wrong, the second is there at once, where asking only then would cost the model's latency. A
 * fast model is asked often, because it costs little; each doubling of the latency adds half a line.
 */
export function opinionChars(firstTextMs: number): number {
  const chars = 14 * Math.log2(firstTextMs / 20);
  return Math.min(MOST_OPINION_CHARS, Math.max(LEAST_OPINION_CHARS, chars));
}
