import type { Check } from './check';

const FENCE = /^\s*(?:`{3,}|~{3,})/gm;

/** Whether the answer is there at all and came to its end. A whole answer is no evidence that it is a good one. */
export const cutOffCheck: Check = {
  name: 'cut-off',
  run({ text, finish }) {
    if (text.trim() === '') return { check: 'cut-off', saw: 'the answer is empty', score: 0 };
    if (finish === 'length') {
      return { check: 'cut-off', saw: 'the answer was cut off at the output limit', score: 0.15 };
    }
    if ((text.match(FENCE)?.length ?? 0) % 2 === 1) {
      return { check: 'cut-off', saw: 'a code block is not closed', score: 0.3 };
    }
    return { check: 'cut-off', saw: 'the answer came to its end' };
  },
};
