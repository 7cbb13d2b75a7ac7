import type { Check, Evidence } from '../../routing/checks/check';
import { readRefactor } from '../read-refactor';

/** The document a refactor goes into, with the selection as UTF-16 offsets. */
export interface ChangedDocument {
  readonly languageId: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Errors in a text of a language; undefined where there is no parser for it. */
export type CountErrors = (languageId: string, text: string) => Promise<number | undefined>;

/**
 * Scores come from what a changed parse means: code that newly fails to parse is wrong, whatever it says; code that
 * parses is merely not refuted, so it stays under certainty.
 */
const SCORE = { worse: 0.05, same: 0.85, better: 0.9 } as const;

/** An answer that cannot be put in place is wrong; one that changes nothing says nothing either way. */
export const unusable = (check: string, reason: 'no-code' | 'cut-off' | 'unchanged' | 'empty'): Evidence =>
  reason === 'unchanged'
    ? { check, saw: 'the answer leaves the code as it is' }
    : { check, saw: 'the answer holds no usable code', score: 0 };

/** Does the file, with the answer in place, parse at least as well as before? */
export function parsesCheck(document: ChangedDocument, countErrors: CountErrors): Check {
  return {
    name: 'parses',
    async run(answer) {
      const { languageId, text, start, end } = document;
      const read = readRefactor(answer.text, text.slice(start, end));
      if (read.kind === 'unusable') return unusable('parses', read.reason);
      const before = await countErrors(languageId, text);
      const after = await countErrors(languageId, text.slice(0, start) + read.text + text.slice(end));
      if (before === undefined || after === undefined)
        return { check: 'parses', saw: `no parser for ${languageId}` };
      if (after > before)
        return { check: 'parses', saw: newErrors(after - before, 'syntax error'), score: SCORE.worse };
      if (after < before)
        return { check: 'parses', saw: 'fewer syntax errors than before', score: SCORE.better };
      return { check: 'parses', saw: 'the changed file parses as before', score: SCORE.same };
    },
  };
}

/** "1 new error", "2 new errors". */
export const newErrors = (count: number, what: string): string =>
  `${String(count)} new ${what}${count === 1 ? '' : 's'}`;
