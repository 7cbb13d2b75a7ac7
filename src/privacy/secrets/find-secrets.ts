import { findAssignments } from './assignments';
import { findAwsKeys } from './aws-keys';
import { findInBase64 } from './base64';
import { findConnectionStrings } from './connection-strings';
import { findEscaped } from './escapes';
import { mergeFindings, type Finding, type Search } from './finding';
import { findPrivateKeys } from './private-keys';
import { findWithSecretlint } from './secretlint';
import { findInJoinedStrings } from './joined-strings';
import { findKubernetesSecrets } from './kubernetes-secrets';
import { findLogins } from './logins';
import { findNamedValues } from './named-values';
import { findTokens } from './tokens';
import { findUnquotedValues } from './unquoted-values';
import { SECRET_NAME } from './secret-names';
import { findInView, linesWith } from './view';
import { denseRuns } from './dense-runs';

/** Lines around the name of a secret; a value may stand some lines below its name. */
const NAME = new RegExp(SECRET_NAME, 'gi');
const LINES_BELOW = 8;
const findByName: Search = (text) =>
  findInView(linesWith(text, NAME, LINES_BELOW), [findAssignments, findUnquotedValues, findNamedValues]);

/** What is found in plain sight. */
const PLAIN: readonly Search[] = [
  findTokens,
  findAwsKeys,
  findPrivateKeys,
  findConnectionStrings,
  findLogins,
  findByName,
  findKubernetesSecrets,
];

/** And what is found where the text reads otherwise than it is written. */
const SEARCHES: readonly Search[] = [
  ...PLAIN,
  (text) =>
    findInJoinedStrings(text, [findTokens, findPrivateKeys, findByName], [findTokens, findPrivateKeys]),
  (text) => findEscaped(text, PLAIN),
  (text) => findInView(denseRuns(text), [(runs) => findInBase64(runs, PLAIN)]),
];

/** Fences and blank lines between the pieces of a prompt have neither, and nor has any secret's name or value. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * Every secret in a text, in order, without overlaps: secretlint's rules, and ours for what those miss. To be given
 * whole documents, never windows on them: the pattern of a secret is often only whole outside the window.
 */
export async function findSecrets(text: string): Promise<Finding[]> {
  if (!LETTER_OR_DIGIT.test(text)) return [];
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
