import { sentence } from '../../base/sentence';
import type { Attempt, Outcome } from '../../routing/outcome';
import { privacyWords } from '../privacy-words';
import { forcedWords } from '../words';

/** Why the cloud wrote what had begun on this machine. */
const TAKEN_OVER: ReadonlySet<string> = new Set(['local-doubtful', 'local-failed']);

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
  const takenOver =
    attempt.track === 'cloud' ? decision.reasons.filter(({ code }) => TAKEN_OVER.has(code)) : [];
  const sentences = [
    `Proposal by ${attempt.model.id}${forced} (${cost}).`,
    ...takenOver.map(({ text }) => sentence(text)),
    ...privacyWords(attempt.privacy),
  ];
  if (foreignSecrets > 0)
    sentences.push('It names a secret of another file; a placeholder stands in its place.');
  return sentences.join(' ');
}
