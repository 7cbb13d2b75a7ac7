import type { Finding } from './finding';
import { isStandIn, looksLikePassword, looksRandom } from './likely-secret';

const NAME =
  'pass(?:word|wd|phrase|code)|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|account[_-]?key|shared[_-]?key|master[_-]?key|service[_-]?key|credential';

/** `password = "…"`, `"apiKey": "…"`, `API_TOKEN: string = '…'`, `secret => "…"`, `setPassword('…')`. */
const QUOTED = new RegExp(
  `(set[A-Za-z]{0,20})?(${NAME})[A-Za-z0-9_-]{0,30}["'\`\\]]{0,2}(?:\\s?:\\s?(?:&?'?[a-z]+ )?[A-Za-z]{2,12})?\\s{0,8}(=>|:=|={1,3}|:|\\()\\s{0,8}[a-z]{0,2}(["'\`])((?:(?!\\4)[^\\\\\\n]|\\\\.){8,300})\\4`,
  'gi',
);

/** `DB_PASSWORD=…`, `password: …`: whole lines of shells, YAML, INI and properties files, without quotes. */
const BARE = new RegExp(
  `^[ \\t]*(?:export |set |ENV |ARG |- |[-]{2})?[A-Za-z0-9_.-]{0,60}(${NAME})[A-Za-z0-9_-]{0,30}[ \\t]?[=:][ \\t]?([^\\s"'\`(){}\\[\\];,<>|\\\\]{8,300})[ \\t]*\\r?$`,
  'gim',
);

/** Values given to names that say what they are. The name decides how random the value must look. */
export function findAssignments(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(QUOTED)) {
    const [whole, setter, name = '', sign, , value = ''] = match;
    // `setPassword('…')` gives a value; `getToken('…')` and `isSecret('…')` are given a name.
    if ((sign === '(' && setter === undefined) || !isSecretValue(name, value)) continue;
    const end = match.index + whole.length - 1;
    found.push({ start: end - value.length, end, kind: kindOf(name) });
  }
  for (const match of text.matchAll(BARE)) {
    const [whole, name = '', value = ''] = match;
    // Without quotes the value may be code: what looks like a call, a path or a name has been left out already.
    if (/^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$/.test(value) || !isSecretValue(name, value)) continue;
    const start = match.index + whole.lastIndexOf(value);
    found.push({ start, end: start + value.length, kind: kindOf(name) });
  }
  return found;
}

function isSecretValue(name: string, value: string): boolean {
  if (isStandIn(value)) return false;
  return kindOf(name) === 'password' ? looksLikePassword(value) : looksRandom(value, 16);
}

function kindOf(name: string): string {
  if (/^p/i.test(name) && !/^private/i.test(name)) return 'password';
  return /key/i.test(name) ? 'api-key' : /token/i.test(name) ? 'token' : 'secret';
}
