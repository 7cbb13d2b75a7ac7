import { isStandIn, looksLikePassword, looksRandom } from './likely-secret';

/** Words in a name that say its value is a secret; the source of a pattern, without a group. */
export const SECRET_NAME =
  'pass(?:word|wd|phrase|code|wort)|pass(?![a-z])|pwd|kennwort|contrase[nñ]a|secret|token|bearer|credential|auth(?:orization)?(?![a-z0-9_-])|' +
  '(?:api|app|access|auth|private|signing|encryption|account|shared|master|service|openai|license|licence)[_-]?key';

/** Whether the value of such a name is a secret: the name decides how random it must look. */
export function isSecretValue(name: string, value: string): boolean {
  if (isStandIn(value)) return false;
  // Tests pass, too: this word alone has to be followed by what nobody writes otherwise.
  if (/^pass$/i.test(name) && !/^(?=.*[a-z])(?=.*\d)(?=.*[^a-z\d])[^/*&<>:]+$/i.test(value)) return false;
  return kindOfSecret(name) === 'password' ? looksLikePassword(value) : looksRandom(value, 16);
}

export function kindOfSecret(name: string): string {
  if (/^(?:p|kenn|contra)/i.test(name) && !/^private/i.test(name)) return 'password';
  return /key/i.test(name) ? 'api-key' : /token|auth|bearer/i.test(name) ? 'token' : 'secret';
}
