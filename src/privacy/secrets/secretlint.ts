import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Finding } from './finding';

// On by default, it keeps marks of every search for ever: 39 MB after 2,000 searches of 1 kB, and an exception
// after some 5,500.
secretLintProfiler.setEnabled(false);

/** Lets a comment in the file switch the search off; a file does not get a say in what leaves. */
const FILTER_COMMENTS = '@secretlint/secretlint-rule-filter-comments';
const AWS = '@secretlint/secretlint-rule-aws';
/** They take a whole address for the secret; our own search takes the password in it. */
const WHOLE_ADDRESS = new Set(['basicauth', 'database-connection-string']);

const config = {
  rules: rules
    .filter((rule) => rule.meta.id !== FILTER_COMMENTS)
    .map((rule) => ({
      id: rule.meta.id,
      rule,
      // Access key ids are off by default.
      options: rule.meta.id === AWS ? { enableIDScanRule: true } : {},
    })),
};

const KINDS: Readonly<Record<string, string>> = {
  aws: 'aws-key',
  gcp: 'google-key',
  privatekey: 'private-key',
  npm: 'npm-token',
  basicauth: 'connection-password',
  slack: 'slack-token',
  sendgrid: 'sendgrid-key',
  stripe: 'stripe-key',
  github: 'github-token',
  gitlab: 'gitlab-token',
  openai: 'openai-key',
  anthropic: 'anthropic-key',
  huggingface: 'hugging-face-token',
  'database-connection-string': 'connection-password',
};

export interface SecretlintFinding extends Finding {
  readonly wholeAddress: boolean;
}

/** What secretlint's recommended rules find. Its results hold the secrets; only places and kinds are kept. */
export async function findWithSecretlint(text: string): Promise<SecretlintFinding[]> {
  const { messages } = await lintSource({
    // No real path and no extension: one rule would open the file itself, others would trust its name.
    source: { filePath: 'text', content: text, ext: '', contentType: 'text' },
    options: { config, maskSecrets: true, noPhysicFilePath: true },
  });
  return messages
    .map(({ ruleId, range: [start, end] }) => {
      const rule = ruleId.slice(ruleId.lastIndexOf('secretlint-rule-') + 'secretlint-rule-'.length);
      return { start, end, kind: KINDS[rule] ?? `${rule}-token`, wholeAddress: WHOLE_ADDRESS.has(rule) };
    })
    .filter(({ start, end }) => end > start);
}
