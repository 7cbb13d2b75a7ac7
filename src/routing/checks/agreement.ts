import type { Evidence } from './check';

/** Words of each sample that are compared: the second one is short, and what an answer claims comes early. */
const COMPARED_WORDS = 120;

/**
 * How much two samples say the same, 0 to 1: the share of their distinct words that both use (Jaccard index), over
 * the part both have. Words of up to two letters are left out; every text shares them.
 */
export function sampleAgreement(first: string, second: string): number {
  const length = Math.min(COMPARED_WORDS, words(first).length, words(second).length);
  const a = new Set(words(first).slice(0, length));
  const b = new Set(words(second).slice(0, length));
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return shared / (a.size + b.size - shared);
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]{3,}/gu) ?? [];

/**
 * Two free explanations of one thing share about half their words when they say the same, and a tenth when they do
 * not; the score spreads that range over 0 to 1.
 */
export function agreementEvidence(first: string, second: string): Evidence {
  const agreement = sampleAgreement(first, second);
  const score = Math.min(1, Math.max(0, (agreement - 0.1) / 0.4));
  return {
    check: 'agreement',
    saw: `a second sample shares ${Math.round(agreement * 100)} % of its words`,
    score,
  };
}
