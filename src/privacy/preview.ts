import { peekCloudText, type CloudText } from './cloud-text';
import type { Parts } from './draft';
import type { BlockRule, PrivacyReport } from './report';

const RULES: Readonly<Record<BlockRule, string>> = {
  'denied-file': 'holds keys or credentials by its name',
  'git-ignored': 'excluded by .gitignore',
  'switchyard-ignored': 'excluded by .switchyardignore',
  'settings-excluded': 'excluded in settings',
  'outside-workspace': 'outside the workspace, and not picked by hand',
  'symlink-leads-out': 'a link that leads out of the workspace',
  offline: 'the offline switch is on',
  'restricted-mode': 'the workspace is not trusted',
  'organisation-policy': 'your organisation forbids the cloud',
  'declined-at-preview': 'you said no at the preview',
};

/** Why something stayed here, in the user's words. */
export const explainRule = (rule: BlockRule): string => RULES[rule];

/**
 * The text of a preview: first what was held back, then, under the rule of `=`, each part of the prompt exactly as
 * it would be sent.
 */
export function previewText(prompt: Parts<CloudText>, report: PrivacyReport): string {
  const lines = [...reportLines(report)];
  const section = (title: string, parts: Parts<CloudText>['system']): void => {
    lines.push('', `===== ${title} =====`, parts.map(({ text }) => peekCloudText(text)).join(''));
  };
  if (prompt.system.length > 0) section('system', prompt.system);
  for (const { role, parts } of prompt.turns) section(role, parts);
  return lines.join('\n');
}

function reportLines(report: PrivacyReport): string[] {
  const redactions = Object.entries(report.redactions);
  return [
    'What would be sent, word for word, below each line of "=". Nothing has been sent yet.',
    redactions.length === 0
      ? 'Secrets replaced: none found.'
      : `Secrets replaced: ${redactions.map(([kind, count]) => `${count} × ${kind}`).join(', ')}.`,
    ...report.blocked.map(({ path, rule }) => `Left out: ${path} (${explainRule(rule)}).`),
  ];
}
