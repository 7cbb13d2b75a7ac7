import type { Check } from './check';

/** How refusals begin; the rest of an answer may well speak of what "cannot" be done. */
const OPENING = 160;
const REFUSAL =
  /\b(?:I(?:['’]m| am) sorry,? (?:but )?I (?:can(?:['’]t|not)|am (?:not able|unable))|I (?:can(?:['’]t|not)|won['’]t|am unable to|am not able to) (?:help|assist|answer|provide|fulfil|comply|do that)|as an AI(?: language)? model,? I)/i;

/** Whether the model declined instead of answering. */
export const refusalCheck: Check = {
  name: 'refusal',
  run({ text, finish }) {
    if (finish === 'refusal' || REFUSAL.test(text.slice(0, OPENING))) {
      return { check: 'refusal', saw: 'the model declined to answer', score: 0 };
    }
    return { check: 'refusal', saw: 'the model answered' };
  },
};
