import type { Finding } from './finding';
import { isStandIn, looksRandom } from './likely-secret';
import { isSecretValue, kindOfSecret, SECRET_NAME } from './secret-names';

/**
 * `password = "…"`, `"apiKey": "…"`, `API_TOKEN: string = '…'`, `secret => "…"`, `setPassword('…')`, `apiKey={"…"}`,
 * `apiKey{"…"}`, `define('DB_PASSWORD', '…')`, `getenv("API_KEY", "…")`, `env.API_KEY ?? '…'`, `#define API_KEY "…"`,
 * `key !== "…"`, `Password { get; set; } = "…"`, `TOKEN = """…"""`.
 */
const QUOTED = new RegExp(
  `(set[A-Za-z]{0,20}|string )?(${SECRET_NAME})[A-Za-z0-9_-]{0,30}["'\`\\])]{0,3}(?:\\s?:\\s?(?:&?(?:'?[a-z]+ )?)[A-Za-z]{2,12})?(?: \\{ get;[^{}\\n]{0,30}\\})?` +
    `(?:\\s{0,8}(=>|:=|!?={1,3}|:|\\.equals\\(|\\(|\\{|(?<=["'\`]),|\\|\\||\\?\\?|\\bor\\b)\\s{0,8}\\{?|[ \\t]{1,8})(?:ConvertTo-SecureString )?[a-zA-Z@]{0,2}#{0,2}("{3}|'{3}|["'\`])(?:\\r?\\n)?((?:(?!\\4)[^\\\\\\n]|\\\\.){8,300})(?:\\r?\\n)?\\4`,
  'gi',
);

/** A choice or a list of them on one line: `token = prod ? "…" : "…"`, `tokens: ["…", "…"]`. */
const SEVERAL = new RegExp(
  `(${SECRET_NAME})[A-Za-z0-9_-]{0,30}["'\`\\]]{0,2}\\s{0,4}(?:=>|:=|[=:])\\s{0,4}(?:[^"'\`\\n;(){}]{0,80}\\?\\s?|[[{]\\s{0,4})((?:["'\`][A-Za-z0-9_.~+/=-]{16,300}["'\`]\\s?[,:]?\\s{0,40}){1,20})`,
  'gi',
);
const STRING = /(["'`])([A-Za-z0-9_.~+/=-]{16,300})\1/g;

/**
 * `DB_PASSWORD=…`, `password: …`, `ENV DB_PASSWORD …`: whole lines of shells, YAML, INI, properties and container
 * files, without quotes; in a comment, a quotation or a diff too, and with a comment behind them.
 */
const BARE = new RegExp(
  `^(?:[+>|] ?)?[ \\t]*(?:(?://|#|--|;|\\*)[ \\t]?(?:[A-Za-z]+ ){0,3})?(?:export |set |ARG |- |[-]{2})?(ENV )?[A-Za-z0-9_.-]{0,60}(${SECRET_NAME})[A-Za-z0-9_-]{0,30}(?:[ \\t]?[=:][ \\t]?|([ \\t]))(?:[&!][\\w!]{1,40} )?([^\\s"'\`(){}\\[\\];,<>|\\\\]{8,300})[ \\t]*(?:[ \\t][#;].*|\\r)?$`,
  'gim',
);

/** The first line of YAML's block texts. */
const BLOCK = new RegExp(
  `(${SECRET_NAME})[A-Za-z0-9_-]{0,30}["']?:[ \\t]*[|>][+-]?\\d?[ \\t]*\\r?\\n[ \\t]+(\\S{8,300})[ \\t]*(?:\\r?\\n|$)`,
  'gi',
);

/** Values given to names that say what they are. */
export function findAssignments(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(QUOTED)) {
    const [whole, setter, name = '', sign, , value = ''] = match;
    // Prose has "pass `…` on".
    if (sign === undefined && /^pass$/i.test(name)) continue;
    // `setPassword('…')` gives a value; `getToken('…')` and `isSecret('…')` are given a name.
    if ((sign === '(' && setter === undefined) || !isSecretValue(name, value)) continue;
    const end = match.index + whole.length - 1;
    found.push({ start: end - value.length, end, kind: kindOfSecret(name) });
  }
  for (const match of text.matchAll(BARE)) {
    const [whole, env, name = '', blank, value = ''] = match;
    if (blank !== undefined && env === undefined) continue;
    // Without quotes the value may be code: what looks like a call, a path or a name has been left out already.
    if (/^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$|^[&*][A-Za-z_$][\w$.]*$/.test(value) || !isSecretValue(name, value))
      continue;
    const start = match.index + whole.lastIndexOf(value);
    found.push({ start, end: start + value.length, kind: kindOfSecret(name) });
  }
  for (const match of text.matchAll(SEVERAL)) {
    const [whole, name = '', rest = ''] = match;
    const from = match.index + whole.length - rest.length;
    for (const { index, 2: value = '' } of rest.matchAll(STRING)) {
      if (isStandIn(value) || !looksRandom(value, 20)) continue;
      found.push({ start: from + index + 1, end: from + index + 1 + value.length, kind: kindOfSecret(name) });
    }
  }
  for (const match of text.matchAll(BLOCK)) {
    const [whole, name = '', value = ''] = match;
    if (!isSecretValue(name, value)) continue;
    const start = match.index + whole.lastIndexOf(value);
    found.push({ start, end: start + value.length, kind: kindOfSecret(name) });
  }
  return found;
}
