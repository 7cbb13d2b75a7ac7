import { findAssignments } from './assignments';
import { findConnectionStrings } from './connection-strings';
import { mergeFindings, type Finding, type Search } from './finding';
import { findPrivateKeys } from './private-keys';
import { findWithSecretlint } from './secretlint';
import { findTokens } from './tokens';

const SEARCHES: readonly Search[] = [findTokens, findPrivateKeys, findConnectionStrings, findAssignments];

/**
 * Every secret in a text, in order, without overlaps: secretlint's rules, and ours for what those miss. To be given
 * whole documents, never windows on them: the pattern of a secret is often only whole outside the window.
 */
export async function findSecrets(text: string): Promise<Finding[]> {
  const ours = SEARCHES.flatMap((search) => search(text));
  const theirs = await findWithSecretlint(text);
  // The engine keeps the last text that any pattern matched alive (`RegExp.input`); let that be nothing.
  /^$/.exec('');
  return mergeFindings([...ours, ...theirs]);
}
