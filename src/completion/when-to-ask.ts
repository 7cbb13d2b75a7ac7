import type { Rhythm } from './rhythm';

/** What the decision whether to ask the model looks at. */
export interface Moment {
  /** What is known to follow the caret, from the cache; undefined where nothing fits. */
  readonly known: { readonly rest: string; readonly typed: number; readonly streaming: boolean } | undefined;
  /** The very same question was answered with nothing before. */
  readonly askedInVain: boolean;
  /** A request is on its way whose answer would fit. */
  readonly underWay: boolean;
  /** The last key contradicted the text on the screen, or took something back. */
  readonly afterSlip: boolean;
  readonly rhythm: Rhythm;
  /** Requests made per character typed lately. */
  readonly requestRate: number;
}

export type AskDecision =
  | { readonly kind: 'no'; readonly reason: 'known' | 'under-way' | 'asked-in-vain' }
  | { readonly kind: 'now'; readonly delayMs: number }
  /** Ask before it is needed, as if the first `assumed` characters of what is known were typed. */
  | { readonly kind: 'ahead'; readonly assumed: number };

export interface AskTuning {
  /** Characters an answer is typed along before another one is fetched to follow it, where the model is slow. */
  readonly opinionChars: number;
  readonly slipMs: number;
  readonly maxRate: number;
}

export const ASK_TUNING: AskTuning = {
  opinionChars: Number(process.env['OPN'] ?? 0),
  slipMs: Number(process.env['SLIP'] ?? 0),
  maxRate: Number(process.env['RATE'] ?? 1),
};

/** Decides about asking the model; pure, so that every rule can be read and tested by itself. */
export function whenToAsk(moment: Moment, tuning: AskTuning = ASK_TUNING): AskDecision {
  const { known, rhythm } = moment;
  if (moment.underWay) return { kind: 'no', reason: 'under-way' };
  if (moment.askedInVain) return { kind: 'no', reason: 'asked-in-vain' };
  if (known === undefined) return { kind: 'now', delayMs: moment.afterSlip ? tuning.slipMs : 0 };
  if (known.streaming) return { kind: 'no', reason: 'known' };
  if (known.rest.length <= rhythm.keysUntilAnswer + 1) return { kind: 'ahead', assumed: known.rest.length };
  if (tuning.opinionChars > 0 && known.typed >= tuning.opinionChars && moment.requestRate < tuning.maxRate) {
    return { kind: 'ahead', assumed: 0 };
  }
  return { kind: 'no', reason: 'known' };
}
