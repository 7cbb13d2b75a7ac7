import type { Attempt, Outcome } from '../../routing/outcome';
import { privacyWords } from '../privacy-words';
import { forcedWords } from '../words';

/** Where a whole proposal came from, what it cost, and what was kept back for it. */
export function proposalWords(
  outcome: Outcome,
  attempt: Attempt,
  cost: string,
  foreignSecrets: number,
): string {
  const { decision } = outcome;
  const forced =
    decision.kind === 'run' && decision.forced !== undefined && attempt.track === 'local'
      ? `, on this machine because ${forcedWords(decision.forced)}`
      : '';
  const sentences = [`Proposal by ${attempt.model.id}${forced} (${cost}).`, ...privacyWords(attempt.privacy)];
  if (foreignSecrets > 0)
    sentences.push('It names a secret of another file; a placeholder stands in its place.');
  return sentences.join(' ');
}
