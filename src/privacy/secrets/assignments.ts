import type { Finding } from './finding';
import { isSecretValue, kindOfSecret, SECRET_NAME } from './secret-names';

/**
 * `password = "…"`, `"apiKey": "…"`, `API_TOKEN: string = '…'`, `secret => "…"`, `setPassword('…')`,
 * `apiKey{"…"}`, `define('DB_PASSWORD', '…')`, `getenv("API_KEY", "…")`, `env.API_KEY ?? '…'`, `#define API_KEY "…"`.
 */
const QUOTED = new RegExp(
  `(set[A-Za-z]{0,20}|string )?(${SECRET_NAME})[A-Za-z0-9_-]{0,30}["'\`\\])]{0,3}(?:\\s?:\\s?(?:&?(?:'?[a-z]+ )?)[A-Za-z]{2,12})?` +
    `(?:\\s{0,8}(=>|:=|={1,3}|:|\\(|\\{|(?<=["'\`]),|\\|\\||\\?\\?|\\bor\\b)\\s{0,8}|[ \\t]{1,8})(?:ConvertTo-SecureString )?[a-zA-Z@]{0,2}(["'\`])((?:(?!\\4)[^\\\\\\n]|\\\\.){8,300})\\4`,
  'gi',
);

/**
 * `DB_PASSWORD=…`, `password: …`, `ENV DB_PASSWORD …`: whole lines of shells, YAML, INI, properties and container
 * files, without quotes; in a comment too.
 */
const BARE = new RegExp(
  `^[ \\t]*(?:(?://|#|--|;|\\*)[ \\t]?(?:[A-Za-z]+ ){0,3})?(?:export |set |ARG |- |[-]{2})?(ENV )?[A-Za-z0-9_.-]{0,60}(${SECRET_NAME})[A-Za-z0-9_-]{0,30}(?:[ \\t]?[=:][ \\t]?|([ \\t]))([^\\s"'\`(){}\\[\\];,<>|\\\\]{8,300})[ \\t]*\\r?$`,
  'gim',
);

/** Values given to names that say what they are. */
export function findAssignments(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(QUOTED)) {
    const [whole, setter, name = '', sign, , value = ''] = match;
    // `setPassword('…')` gives a value; `getToken('…')` and `isSecret('…')` are given a name.
    if ((sign === '(' && setter === undefined) || !isSecretValue(name, value)) continue;
    const end = match.index + whole.length - 1;
    found.push({ start: end - value.length, end, kind: kindOfSecret(name) });
  }
  for (const match of text.matchAll(BARE)) {
    const [whole, env, name = '', blank, value = ''] = match;
    if (blank !== undefined && env === undefined) continue;
    // Without quotes the value may be code: what looks like a call, a path or a name has been left out already.
    if (/^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$/.test(value) || !isSecretValue(name, value)) continue;
    const start = match.index + whole.lastIndexOf(value);
    found.push({ start, end: start + value.length, kind: kindOfSecret(name) });
  }
  return found;
}
