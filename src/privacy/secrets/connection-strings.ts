import type { Finding } from './finding';
import { isStandIn, looksLikePassword } from './likely-secret';

/** `scheme://user:password@host`: the password alone is the secret; host and user help the model. */
const URL_PASSWORD =
  /\b[a-z][a-z0-9+.-]{1,30}:\/\/([^\s:@/?#"'`<>{}()]{0,100}):([^\s@/"'`<>{}()]{3,200})@[A-Za-z0-9[_.-]/gi;
/** `Server=…;Password=…;` of ADO.NET, ODBC and JDBC, and the keys of Azure's connection strings. */
const FIELD_PASSWORD =
  /\b(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|sharedsecretvalue)=([^;"'`\s&<>{}]{6,300}(?:[^;"'`\s<>{}=]{0,100}(?=;))?)/gi;
const FIELD_SIGN =
  /(?:server|data source|host|hostname|addr|address|accountname|endpoint|blobendpoint|user id|uid|driver|database|initial catalog)=[^;"'\n]{1,200};|jdbc:/i;
/** `?sig=…`, `&token=…`: keys carried in an address. */
const QUERY =
  /[?&](?:sig|signature|token|access_token|auth_token|api_?key|key|secret|client_secret|password|x-amz-signature|x-amz-security-token)=([A-Za-z0-9%._~+/=-]{16,})/gi;
/** `https://token@host` and `https://token:x-oauth-basic@host`: the user is the key. */
const URL_USER = /\bhttps?:\/\/([A-Za-z0-9_.~-]{16,200})(?::x-oauth-basic)?@[A-Za-z0-9]/gi;
/** `curl -u user:password`. */
const LOGIN = /\s(?:-u|--user)[= ]["']?[\w.@-]{1,60}:([^\s"']{6,100})/g;
const HEADER =
  /\bauthorization["'`]?\]?\s{0,3}[:=,]\s{0,3}["'`]?(?:bearer|token|basic)\s+([A-Za-z0-9._~+/=-]{16,})/gi;

export function findConnectionStrings(text: string): Finding[] {
  const found: Finding[] = [];
  const add = (start: number, length: number, kind: string): void => {
    found.push({ start, end: start + length, kind });
  };
  if (text.includes('://')) {
    for (const match of text.matchAll(URL_PASSWORD)) {
      const [whole, user = '', password = ''] = match;
      if (isStandIn(password) || isSampleLogin(user, password)) continue;
      add(match.index + whole.length - 2 - password.length, password.length, 'connection-password');
    }
  }
  for (const match of text.matchAll(FIELD_PASSWORD)) {
    const value = match[1] ?? '';
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const around = text.slice(Math.max(lineStart, match.index - 400), match.index + match[0].length + 200);
    if (isStandIn(value) || !FIELD_SIGN.test(around)) continue;
    add(match.index + match[0].length - value.length, value.length, 'connection-password');
  }
  for (const match of text.matchAll(LOGIN)) {
    const password = match[1] ?? '';
    if (isStandIn(password) || !looksLikePassword(password)) continue;
    add(match.index + match[0].length - password.length, password.length, 'connection-password');
  }
  for (const [pattern, kind] of [
    [URL_USER, 'url-token'],
    [QUERY, 'url-token'],
    [HEADER, 'authorization'],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      if (isStandIn(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) continue;
      add(match.index + match[0].lastIndexOf(value), value.length, kind);
    }
  }
  return found;
}

/** `user:pass@`, `root:root@`: the logins of every manual, and of databases that run in a test. */
function isSampleLogin(user: string, password: string): boolean {
  return (
    /^(?:pass|passw|pwd|pw|user|root|admin|guest|postgres|mysql|foo|bar|baz|a|b|abc|test|port|token|x|x-oauth-basic)\w{0,3}$/i.test(
      password,
    ) ||
    password.toLowerCase() === user.toLowerCase() ||
    /^\d{1,5}$/.test(password)
  );
}
