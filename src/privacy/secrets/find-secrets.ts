import { findAssignments } from './assignments';
import { findAwsKeys } from './aws-keys';
import { findConnectionStrings } from './connection-strings';
import { mergeFindings, type Finding, type Search } from './finding';
import { findPrivateKeys } from './private-keys';
import { findWithSecretlint } from './secretlint';
import { findInJoinedStrings } from './joined-strings';
import { findNamedValues } from './named-values';
import { findTokens } from './tokens';

const SEARCHES: readonly Search[] = [
  findTokens,
  findAwsKeys,
  findPrivateKeys,
  findConnectionStrings,
  findAssignments,
  findNamedValues,
  findInJoinedStrings,
];

/**
 * Every secret in a text, in order, without overlaps: secretlint's rules, and ours for what those miss. To be given
 * whole documents, never windows on them: the pattern of a secret is often only whole outside the window.
 */
export async function findSecrets(text: string): Promise<Finding[]> {
  const ours = mergeFindings(SEARCHES.flatMap((search) => search(text)));
  // Its time grows with the square of what it finds (9,000 keys: 6 s), so it gets only what ours left.
  const theirs = await findWithSecretlint(blanked(text, ours));
  // The engine keeps the last text that any pattern matched alive (`RegExp.input`); let that be nothing.
  /^$/.exec('');
  return mergeFindings([...ours, ...theirs]);
}

/** The text with blanks in place of what was found, every offset as before. */
function blanked(text: string, findings: readonly Finding[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of findings) {
    rest += text.slice(at, start) + ' '.repeat(end - start);
    at = end;
  }
  return rest + text.slice(at);
}
