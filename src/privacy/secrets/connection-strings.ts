import type { Finding } from './finding';
import { isStandIn, looksLikePassword } from './likely-secret';
import { findInView, linesWith } from './view';

/** `scheme://user:password@host`: the password alone is the secret; host and user help the model. */
const URL_PASSWORD =
  /\b[a-z][a-z0-9+.-]{1,30}:\/\/([^\s:@/?#"'`<>{}()]{0,100}):([^\s@/"'`<>{}()]{3,200})@[A-Za-z0-9[_.-]/gi;
/** The same with a `/` or `@` that should have been escaped, and often is not. */
const LOOSE_URL_PASSWORD =
  /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/?#"'`<>{}()]{0,100}:((?!\d{1,5}[/@])[^\s:?#"'`<>{}()]{8,200})@[A-Za-z0-9_-]+[.:/]/gi;
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

export function findConnectionStrings(text: string): Finding[] {
  return [...findFields(text), ...findInView(linesWith(text, ADDRESS), [findInAddresses])];
}

function findInAddresses(text: string): Finding[] {
  const found: Finding[] = [];
  const add = (match: RegExpExecArray, value: string, kind: string): void => {
    const start = match.index + match[0].lastIndexOf(value);
    found.push({ start, end: start + value.length, kind });
  };
  for (const match of text.matchAll(URL_PASSWORD)) {
    const [whole, user = '', password = ''] = match;
    if (isStandIn(password) || isSampleLogin(user, password)) continue;
    const end = match.index + whole.length - 2;
    found.push({ start: end - password.length, end, kind: 'connection-password' });
  }
  for (const match of text.matchAll(LOOSE_URL_PASSWORD)) {
    const password = match[1] ?? '';
    if (/[/@]/.test(password) && !isStandIn(password) && looksLikePassword(password))
      add(match, password, 'connection-password');
  }
  for (const pattern of [URL_USER, QUERY]) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      if (!isStandIn(value) && /\d/.test(value) && /[A-Za-z]/.test(value)) add(match, value, 'url-token');
    }
  }
  return found;
}

function findFields(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(FIELD_PASSWORD)) {
    const value = match[1] ?? '';
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const around = text.slice(Math.max(lineStart, match.index - 400), match.index + match[0].length + 200);
    if (isStandIn(value) || !FIELD_SIGN.test(around)) continue;
    const end = match.index + match[0].length;
    found.push({ start: end - value.length, end, kind: 'connection-password' });
  }
  return found;
}

/** What every address with a key in it has. */
const ADDRESS = /:\/\/|[?&][a-z_-]{3,30}=/gi;

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
