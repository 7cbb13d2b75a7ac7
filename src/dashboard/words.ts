import type { FailureKind } from '../models/failure';
import type { BlockRule } from '../privacy/report';
import type { Lane } from '../ledger/stats/cell';
import type { RefusalRule } from '../routing/decision';
import type { Verdict } from '../routing/outcome';
import type { Task, Track } from '../routing/request';

/** What the user wanted, in the plural where kinds are listed and in the singular for one request. */
export const TASKS: Readonly<
  Record<Task, { readonly many: string; readonly one: string; readonly icon: string }>
> = {
  complete: { many: 'Completions', one: 'Completion', icon: 'symbol-string' },
  explain: { many: 'Explanations', one: 'Explanation', icon: 'comment' },
  refactor: { many: 'Refactors', one: 'Refactor', icon: 'edit' },
  ask: { many: 'Questions', one: 'Question', icon: 'question' },
};

export const LANES: Readonly<Record<Lane, string>> = {
  instant: 'instant',
  local: 'local',
  cloud: 'cloud',
  cancelled: 'stopped',
  refused: 'not sent',
  failed: 'failed',
};

export const TRACKS: Readonly<Record<Track | 'mixed', string>> = {
  instant: 'instant',
  local: 'local',
  cloud: 'cloud',
  mixed: 'instant, then local',
};

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  accepted: 'accepted',
  'partly-accepted': 'accepted in part',
  edited: 'accepted, then edited',
  rejected: 'rejected',
  redone: 'asked again on the cloud',
};

/** What made a local answer doubtful, by the check that believed least in it. */
export const DOUBTS: Readonly<Record<string, string>> = {
  logprobs: 'the model was unsure of its words',
  'cut-off': 'empty or cut off',
  repetition: 'it repeated itself',
  refusal: 'the model declined',
  parses: 'the code did not parse',
  diagnostics: 'the editor found new errors',
  agreement: 'two samples disagreed',
  examples: 'the examples did not hold',
  unsaid: 'no cause was noted',
};

export const FAILURES: Readonly<Record<FailureKind | 'unsaid', string>> = {
  unreachable: 'could not be reached',
  timeout: 'took too long',
  busy: 'the queue was full',
  'model-missing': 'the model is not there',
  'no-infill': 'the model cannot fill in',
  'out-of-memory': 'out of memory',
  'no-key': 'no key',
  'bad-key': 'the key was not accepted',
  'no-credit': 'no credit left',
  'spend-limit': "the provider's spend limit",
  forbidden: 'not allowed',
  'rate-limited': 'too many requests',
  overloaded: 'overloaded',
  'context-too-long': 'too much text',
  refused: 'the model declined',
  'invalid-request': 'the request was not valid',
  protocol: 'the answer broke off or was garbled',
  server: 'the server reported an error',
  cancelled: 'stopped',
  unsaid: 'no cause was noted',
};

export const RULES: Readonly<Record<RefusalRule | BlockRule, string>> = {
  offline: 'offline switch',
  'organisation-policy': "organisation's policy",
  'restricted-mode': 'workspace is not trusted',
  privacy: 'privacy rules',
  'declined-at-preview': 'you declined at the preview',
  'budget-cap': 'budget cap reached',
  'no-track': 'no model was available',
  'denied-file': 'keys, credentials and .env files',
  'git-ignored': 'ignored by git',
  'switchyard-ignored': 'ignored by .switchyardignore',
  'settings-excluded': 'excluded in settings',
  'outside-workspace': 'outside the workspace',
  'symlink-leads-out': 'link that leads out of the workspace',
};

/** The words for a key; a key from another version of Switchyard speaks for itself. */
export function wordsFor(table: Readonly<Record<string, string>>, key: string): string {
  return (Object.hasOwn(table, key) ? table[key] : undefined) ?? key.replaceAll('-', ' ');
}

export const taskWords = (
  task: string,
): { readonly many: string; readonly one: string; readonly icon: string } =>
  (Object.hasOwn(TASKS, task) ? TASKS[task as Task] : undefined) ?? { many: task, one: task, icon: 'circle' };
