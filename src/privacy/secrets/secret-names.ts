import { isStandIn, looksLikePassword, looksRandom } from './likely-secret';

/** Words in a name that say its value is a secret; the source of a pattern, without a group. */
export const SECRET_NAME =
  'pass(?:word|wd|phrase|code)|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|account[_-]?key|shared[_-]?key|master[_-]?key|service[_-]?key|credential';

/** Whether the value of such a name is a secret: the name decides how random it must look. */
export function isSecretValue(name: string, value: string): boolean {
  if (isStandIn(value)) return false;
  return kindOfSecret(name) === 'password' ? looksLikePassword(value) : looksRandom(value, 16);
}

export function kindOfSecret(name: string): string {
  if (/^p/i.test(name) && !/^private/i.test(name)) return 'password';
  return /key/i.test(name) ? 'api-key' : /token/i.test(name) ? 'token' : 'secret';
}
