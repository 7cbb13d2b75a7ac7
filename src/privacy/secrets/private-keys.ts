import type { Finding } from './finding';

const BEGIN =
  /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 [A-Z ]{0,20}PRIVATE KEY ----/g;
const END =
  /-----END (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----|---- END SSH2 [A-Z ]{0,20}PRIVATE KEY ----/g;
/** PuTTY's own format says how many lines of base64 follow. */
const PUTTY = /^Private-Lines: \d{1,3}\r?\n((?:[A-Za-z0-9+/=]{4,80}(?:\r?\n|$)){1,400})/gm;
/** An RSA key of 16,384 bits, the largest in use, armoured and quoted line by line. */
const LONGEST = 24_000;

/**
 * Keys without their armour: base64 of DER begins alike for RSA and DSA, for PKCS #8 (RSA, EC, Ed25519, encrypted), for
 * SEC 1, and of OpenSSH's format. Sources: RFC 8017, 5958, 5915, OpenSSH's PROTOCOL.key.
 */
const UNARMOURED =
  /(?<![A-Za-z0-9+/])(?:MI[I-L][A-Za-z0-9+/]{3}IB(?:AAKB|AAKC|ADANBgkqhkiG9w0BAQEFA)|MI[GH][A-Za-z0-9+/]{1,2}[A-Za-z0-9+/]{0,2}gEAM[A-Za-z0-9+/]{6}hkjOPQ|MC4CAQAwBQYDK2V|MHcCAQEEI|MI[GH][A-Za-z0-9+/]AgEBBD|MI[GH][A-Za-z0-9+/]AgEBBE|MI[I-L][A-Za-z0-9+/]{3}BOBgkqhkiG9w0BBQ|b3BlbnNzaC1rZXktdjEA)(?:[A-Za-z0-9+/]|\\?\r?\n[ \t]{0,40}(?=[A-Za-z0-9+/=]{24})|\\n(?=[A-Za-z0-9+/=]{24})){30,12000}={0,2}/g;
/** The private members of a JSON Web Key (RFC 7518). */
const JWK = /"(?:d|p|q|dp|dq|qi|k)"\s{0,3}:\s{0,3}"([A-Za-z0-9_-]{20,2000})"/g;
const WHOLE_LINE = /[A-Za-z0-9+/=]{40,}/g;
/** `key.append("…");` and its like between two lines of a key, in UTF-16 units. */
const BETWEEN_LINES = 80;

/** Armour has 64 or 76 characters a line; the rest is indentation, quotes and comment signs. */
const LONGEST_LINE = 200;

/**
 * What may stand between a key's lines when it sits in source code: quotes, `+`, commas, comment signs, escaped
 * line ends, the armour's headers.
 */
const BETWEEN = /(?:\s|\\[nrt]|\\$|["'`+,;.|>#*/()[\]<]|\bRSA\b)+/y;
const HEADER =
  /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID|Subject|Key): ?[^\n\\"'`]{0,200}/y;
const BODY = /[A-Za-z0-9+/=_-]{4,}/y;
/** Fewer characters than this after a first line are no key: code that only speaks of keys. */
const LEAST_BODY = 20;

/**
 * Private keys in PEM and OpenPGP armour of every kind, from their first line to their last; cut off at either
 * end, indented, with escaped line ends, or split over the string literals of a program.
 */
export function findPrivateKeys(text: string): Finding[] {
  const found: Finding[] = [];
  if (text.includes('Private-Lines: ')) {
    for (const { index, 0: whole, 1: lines = '' } of text.matchAll(PUTTY)) {
      const end = index + whole.length;
      found.push({ start: end - lines.length, end, kind: 'private-key' });
    }
  }
  for (const match of text.matchAll(UNARMOURED)) {
    found.push({ start: match.index, end: match.index + match[0].length, kind: 'private-key' });
  }
  if (text.includes('"kty"')) {
    for (const match of text.matchAll(JWK)) {
      const end = match.index + match[0].length - 1;
      found.push({ start: end - (match[1]?.length ?? 0), end, kind: 'private-key' });
    }
  }
  if (!text.includes('PRIVATE KEY')) return found;
  for (const match of text.matchAll(BEGIN)) {
    const start = match.index;
    const from = start + match[0].length;
    const ends = [endOfKey(text, from), endOfLines(text, from)].filter((end) => end !== undefined);
    if (ends.length > 0) found.push({ start, end: Math.max(...ends), kind: 'private-key' });
  }
  for (const match of text.matchAll(END)) {
    if (found.some(({ start, end }) => match.index >= start && match.index < end)) continue;
    const start = startOfTail(text, match.index);
    if (start !== undefined) found.push({ start, end: match.index + match[0].length, kind: 'private-key' });
  }
  return found;
}

/**
 * The same where a program puts the lines together in ways of its own: whole lines of base64, with never more than a
 * few words between one and the next.
 */
function endOfLines(text: string, from: number): number | undefined {
  const limit = Math.min(text.length, from + LONGEST);
  let end: number | undefined;
  let at = from;
  while (at < limit) {
    const mark = text.slice(at, at + 2 * BETWEEN_LINES).search(/-----END /);
    WHOLE_LINE.lastIndex = at;
    const line = WHOLE_LINE.exec(text.slice(0, Math.min(limit, at + BETWEEN_LINES + 100)));
    if (line === null || line.index - at > BETWEEN_LINES || (mark >= 0 && at + mark < line.index)) {
      if (end === undefined || mark < 0) return end;
      const close = text.indexOf('-----', at + mark + 9);
      return close < 0 || close - at - mark > 60 ? at + mark + 9 : close + 5;
    }
    at = line.index + line[0].length;
    end = at;
  }
  return end;
}

/** Reads on from the first line as long as it looks like a key; undefined where no key follows. */
function endOfKey(text: string, from: number): number | undefined {
  const limit = Math.min(text.length, from + LONGEST);
  let at = from;
  let end = from;
  let body = 0;
  while (at < limit) {
    if (text.startsWith('-----END ', at)) {
      const close = text.indexOf('-----', at + 9);
      return body === 0 ? undefined : close < 0 || close - at > 60 ? at + 9 : close + 5;
    }
    const between = readAt(BETWEEN, text, at);
    if (between > at) {
      at = between;
      continue;
    }
    const header = readAt(HEADER, text, at);
    if (header > at) {
      at = header;
      continue;
    }
    const piece = readAt(BODY, text, at);
    // A short piece ends a key; a short piece first is a word.
    if (piece === at || (body === 0 && piece - at < LEAST_BODY)) break;
    // After the key's last line, ordinary code follows: words, not lines of base64.
    if (body > 0 && piece - at < 16 && !endsWithEnd(text, piece)) break;
    body += piece - at;
    at = piece;
    end = piece;
  }
  return body >= LEAST_BODY ? end : undefined;
}

/** A short last line is part of the key when the closing line comes right after it. */
function endsWithEnd(text: string, at: number): boolean {
  const next = readAt(BETWEEN, text, at);
  return text.startsWith('-----END ', next) || (text[at - 1] === '=' && next > at);
}

/** The other way round: lines of base64 right before a closing line whose opening one is missing. */
function startOfTail(text: string, end: number): number | undefined {
  let start: number | undefined;
  let at = end;
  // Never more lines than the longest key has.
  for (let lines = 0; lines < 500 && at > 0; lines += 1) {
    const before = text.slice(Math.max(0, at - LONGEST_LINE), at);
    const escaped = before.lastIndexOf('\\n');
    const cut = Math.max(before.lastIndexOf('\n') + 1, escaped < 0 ? 0 : escaped + 2);
    const from = at - before.length + cut;
    const line = before.slice(cut);
    const core = /^[\s"'`+,|>#*]*([A-Za-z0-9+/]+={0,2})?[\s"'`+,|\\nr]*$/.exec(line)?.[1];
    const whole = core !== undefined && core.length >= 40;
    // The line before the closing one is the rest of the key, of any length; what lies right before the mark itself
    // on its own line is only indentation.
    if (core !== undefined && (whole || start === undefined)) start = from + line.indexOf(core);
    else if (core !== undefined || line.trim().length > 2) break;
    if (cut === 0) break;
    at = text.startsWith('\\n', from - 2) ? from - 2 : from - 1;
  }
  return start !== undefined && end - start >= 40 ? start : undefined;
}

function readAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
