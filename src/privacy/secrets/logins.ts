import type { Finding } from './finding';
import { isStandIn, looksLikePassword, looksRandom } from './likely-secret';
import { findInView, linesWith } from './view';

/** A password whose place says what it is. */
interface Login {
  /** A part of the pattern that must be there, looked for first. */
  readonly sign: string;
  /** Its one group is the password. */
  readonly shape: RegExp;
}

const LOGINS: readonly Login[] = [
  // machine github.com login me password …
  {
    sign: 'machine',
    shape: /\bmachine\s+\S{1,200}\s+login\s+\S{1,200}\s+(?:account\s+\S{1,100}\s+)?password\s+(\S{4,200})/g,
  },
  // curl -u user:…
  { sign: '-u', shape: /\s-u[= ]?["']?[\w.@-]{1,60}:([^\s"']{6,100})/g },
  { sign: '--user', shape: /\s--user[= ]["']?[\w.@-]{1,60}:([^\s"']{6,100})/g },
  // sshpass -p …, docker login -u me -p …, mysql -u root -p…
  { sign: 'sshpass', shape: /\bsshpass\s+-p\s*["']?([^\s"']{4,200})/g },
  { sign: 'login', shape: /\blogin\b[^\n]{0,160}\s-p[= ]\s*["']?([^\s"']{8,200})/g },
  { sign: 'mysql', shape: /\bmysql(?:dump|admin|import)?\b[^\n|;]{0,160}\s-p["']?([^\s"'-][^\s"']{5,200})/g },
  // CREATE USER 'app' IDENTIFIED BY '…'
  {
    sign: 'IDENTIFIED',
    shape: /\bIDENTIFIED\s+(?:WITH\s+\S{1,40}\s+)?BY\s+(?:PASSWORD\s+)?["']([^"'\n]{6,200})["']/g,
  },
  {
    sign: 'identified',
    shape: /\bidentified\s+(?:with\s+\S{1,40}\s+)?by\s+(?:password\s+)?["']([^"'\n]{6,200})["']/g,
  },
  // SET PASSWORD FOR app = PASSWORD('…')
  { sign: 'PASSWORD', shape: /\bPASSWORD\s?\(\s?["']([^"'\n]{6,200})["']/g },
  // ConvertTo-SecureString "…" -AsPlainText
  { sign: 'SecureString', shape: /ConvertTo-SecureString\s+(?:-String\s+)?["']([^"'\n]{6,200})["']/g },
];

/** `authorization: Bearer …`, in any spelling of a header, and with any scheme or none. */
const AUTHORIZATION =
  /\bauthorization["'`]?\]?\s{0,3}[:=,]\s{0,3}[a-z]{0,2}["'`]?(?:([a-z][\w-]{2,24})\s+)?([A-Za-z0-9._~+/=-]{16,})(?![\w(])/gi;
const BEARER = /\bbearer\s+([A-Za-z0-9._~+/=-]{20,})/gi;
const COOKIES =
  /(?:\bcookie["'`]?\]?\s{0,3}[:=,]\s{0,3}["'`]?|\s(?:-b|--cookie)[= ]["'])([A-Za-z_][^\n"'`<>{}()]{8,2000})/gi;
const COOKIE = /=([A-Za-z0-9%._~+/-]{20,})/g;

/** `"auth": "…"` of container registries, `Basic …`: user and password in base64. */
const ENCODED = /(?:\b_?auth["']?\s{0,3}[:=]\s{0,3}["']?|\bbasic\s{1,3})([A-Za-z0-9+/_-]{10,400}={0,2})/gi;
const HEADERS = /auth|bearer|cookie|basic|\s-b[= ]/gi;

/** Passwords on command lines, in SQL and in `.netrc` text; keys in headers and cookies. */
export function findLogins(text: string): Finding[] {
  const found: Finding[] = [];
  const add = (match: RegExpExecArray, value: string, kind: string): void => {
    const end = match.index + match[0].lastIndexOf(value) + value.length;
    found.push({ start: end - value.length, end, kind });
  };
  for (const { sign, shape } of LOGINS) {
    if (!text.includes(sign)) continue;
    for (const match of text.matchAll(shape)) {
      const password = match[1] ?? '';
      if (!isStandIn(password) && looksLikePassword(password)) add(match, password, 'password');
    }
  }
  return [...found, ...findInView(linesWith(text, HEADERS), [findInHeaders])];
}

function findInHeaders(text: string): Finding[] {
  const found: Finding[] = [];
  const add = (match: RegExpExecArray, value: string, kind: string): void => {
    const end = match.index + match[0].lastIndexOf(value) + value.length;
    found.push({ start: end - value.length, end, kind });
  };
  for (const match of text.matchAll(AUTHORIZATION)) {
    const [, scheme, value = ''] = match;
    if (isStandIn(value)) continue;
    // Without a scheme it may be a name that code puts there.
    if (scheme === undefined ? looksRandom(value, 16) : /\d/.test(value) && /[A-Za-z]/.test(value))
      add(match, value, 'authorization');
  }
  for (const match of text.matchAll(BEARER)) {
    const value = match[1] ?? '';
    if (!isStandIn(value) && looksRandom(value, 20)) add(match, value, 'authorization');
  }
  for (const match of text.matchAll(ENCODED)) {
    const value = match[1] ?? '';
    const login = Buffer.from(value, 'base64').toString('latin1');
    if (/^[\w.@+-]{1,80}:[!-~]{6,}$/.test(login)) add(match, value, 'authorization');
  }
  for (const match of text.matchAll(COOKIES)) {
    const cookies = match[1] ?? '';
    const from = match.index + match[0].length - cookies.length;
    for (const cookie of cookies.matchAll(COOKIE)) {
      const value = cookie[1] ?? '';
      if (isStandIn(value) || !looksRandom(value, 20)) continue;
      const start = from + cookie.index + 1;
      found.push({ start, end: start + value.length, kind: 'cookie' });
    }
  }
  return found;
}
