import type { Check } from './check';

/** Words in a phrase; repeats of so many are no accident of style. */
const PHRASE = 6;
/** Shorter answers cannot repeat themselves enough to tell. */
const LEAST_WORDS = 30;
/** Share of phrases said before from which a small model has got stuck; honest text and code stay under a third. */
const STUCK = 0.5;

/** Share of the answer's phrases that it had said before, 0 to 1. */
export function repeatedShare(text: string): number {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const phrases = words.length - PHRASE + 1;
  if (words.length < LEAST_WORDS) return 0;
  const seen = new Set<string>();
  for (let start = 0; start < phrases; start += 1) seen.add(words.slice(start, start + PHRASE).join(' '));
  return 1 - seen.size / phrases;
}

/** Whether the model got stuck and says the same over and over. */
export const repetitionCheck: Check = {
  name: 'repetition',
  run({ text }) {
    const share = repeatedShare(text);
    const percent = Math.round(share * 100);
    if (share < STUCK) return { check: 'repetition', saw: `${percent} % of its phrases are repeats` };
    return { check: 'repetition', saw: `it repeats itself: ${percent} % of its phrases`, score: 0.05 };
  },
};
