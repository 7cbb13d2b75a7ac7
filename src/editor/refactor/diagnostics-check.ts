import type { Check } from '../../routing/checks/check';
import { newErrors, unusable } from '../../tasks/checks/parses';
import { readRefactor } from '../../tasks/read-refactor';
import { errorsInText } from './errors-in-text';
import type { Target } from './target';

/** Scores as for parsing: objections refute, silence does not prove; and a service that says nothing may not be there. */
const SCORE = { worse: 0.1, same: 0.85, better: 0.9 } as const;

/**
 * Do the editor's language services object to the changed code? Looks at copies in memory, before and after; nothing of
 * the user's is touched, no tab opens, and nothing is written to the disk.
 */
export function diagnosticsCheck(target: Target): Check {
  return {
    name: 'diagnostics',
    async run(answer, signal) {
      const original = target.snapshot.slice(target.start, target.end);
      const read = readRefactor(answer.text, original);
      if (read.kind === 'unusable') return unusable('diagnostics', read.reason);
      const changed = target.snapshot.slice(0, target.start) + read.text + target.snapshot.slice(target.end);
      const [before, after] = await Promise.all([
        errorsInText(target.document, target.snapshot, signal),
        errorsInText(target.document, changed, signal),
      ]);
      if (before === undefined || after === undefined) {
        return { check: 'diagnostics', saw: 'the language services did not answer in time' };
      }
      if (after > before)
        return { check: 'diagnostics', saw: newErrors(after - before, 'error'), score: SCORE.worse };
      if (after < before)
        return { check: 'diagnostics', saw: 'fewer errors than before', score: SCORE.better };
      return { check: 'diagnostics', saw: 'no new errors', score: SCORE.same };
    },
  };
}
