import { explainRule } from '../privacy/preview';
import type { PrivacyReport } from '../privacy/report';

/** What was replaced in a prompt or kept back from it, one sentence each; names and counts, never the text itself. */
export function privacyWords(privacy: PrivacyReport | undefined): readonly string[] {
  if (privacy === undefined) return [];
  const kinds = Object.entries(privacy.redactions).map(([kind, count]) => `${String(count)} × ${kind}`);
  const replaced = kinds.length === 0 ? [] : [`Replaced before sending: ${kinds.join(', ')}.`];
  return [
    ...replaced,
    ...privacy.blocked.map(({ path, rule }) => `Not sent: ${path} (${explainRule(rule)}).`),
  ];
}
