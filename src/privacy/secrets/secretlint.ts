import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Finding } from './finding';

// On by default, it keeps marks of every search for ever: 39 MB after 2,000 searches of 1 kB, and an exception
// after some 5,500.
secretLintProfiler.setEnabled(false);

const AWS = '@secretlint/secretlint-rule-aws';
/**
 * Left out: comments in a file would switch the search off, and a file gets no say in what leaves; addresses with a
 * password in them are ours to find, since these rules take the whole address for the secret.
 */
const LEFT_OUT = new Set(
  ['filter-comments', 'basicauth', 'database-connection-string'].map(
    (name) => `@secretlint/secretlint-rule-${name}`,
  ),
);

const config = {
  rules: rules
    .filter((rule) => !LEFT_OUT.has(rule.meta.id))
    .map((rule) => ({
      id: rule.meta.id,
      rule,
      // Access key ids are off by default.
      options: rule.meta.id === AWS ? { enableIDScanRule: true } : {},
    })),
};

/**
 * Rules that measure the secret alone but start at the name before it, so that the end of the secret would be left
 * standing: ours find these whole.
 */
const MISPLACED = new Set(['AWSSecretAccessKey', 'PackageJSON_xOauthToken', 'Npmrc_authToken']);

const KINDS: Readonly<Record<string, string>> = {
  aws: 'aws-key',
  gcp: 'google-key',
  privatekey: 'private-key',
  npm: 'npm-token',
  slack: 'slack-token',
  sendgrid: 'sendgrid-key',
  stripe: 'stripe-key',
  github: 'github-token',
  gitlab: 'gitlab-token',
  openai: 'openai-key',
  anthropic: 'anthropic-key',
  huggingface: 'hugging-face-token',
};

/** What secretlint's recommended rules find. Its results hold the secrets; only places and kinds are kept. */
export async function findWithSecretlint(text: string): Promise<Finding[]> {
  const { messages } = await lintSource({
    // No real path and no extension: one rule would open the file itself, others would trust its name. A byte order mark
    // would be cut off, and every place be one short.
    source: { filePath: 'text', content: text.replace(/^\ufeff/, ' '), ext: '', contentType: 'text' },
    options: { config, maskSecrets: true, noPhysicFilePath: true },
  });
  return messages
    .filter(({ messageId }) => !MISPLACED.has(messageId))
    .map(({ ruleId, range: [start, end] }) => {
      const rule = ruleId.slice(ruleId.lastIndexOf('secretlint-rule-') + 'secretlint-rule-'.length);
      return { start, end, kind: KINDS[rule] ?? `${rule}-token` };
    })
    .filter(({ start, end }) => end > start);
}
