import type { Finding } from './finding';
import { isStandIn } from './likely-secret';

/** 40 characters of base64, alone between quotes, white space or signs. */
const SECRET = '(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])';
const NAMED = new RegExp(
  `secret_?(?:access)?_?key["'\`\\]]{0,2}(?:\\s?:\\s?&?[A-Za-z]{2,12})?\\s{0,40}(?:=>|:=|[:=,(])\\s{0,40}["'\`]?(${SECRET})`,
  'gi',
);
const KEY_ID = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{12,20}(?![A-Za-z0-9])/g;
/** The secret is written beside its id: in the same call, or a line or two on. UTF-16 code units. */
const BESIDE = 300;

/**
 * AWS secret keys, by their name or by the key id beside them. They have no sign of their own, and secretlint's
 * rule finds them but says a range that is too short by the length of the name.
 */
export function findAwsKeys(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(NAMED)) {
    const value = match[1] ?? '';
    const end = match.index + match[0].length;
    found.push({ start: end - value.length, end, kind: 'aws-key' });
  }
  for (const { index, 0: id } of text.matchAll(KEY_ID)) {
    const from = Math.max(0, index - BESIDE);
    for (const match of text.slice(from, index + id.length + BESIDE).matchAll(new RegExp(SECRET, 'g'))) {
      const [value] = match;
      // A commit's hash and a name in capitals are 40 characters as well.
      if (/^[0-9a-f]+$/.test(value) || !/[a-z]/.test(value) || !/[A-Z]/.test(value) || isStandIn(value))
        continue;
      found.push({ start: from + match.index, end: from + match.index + value.length, kind: 'aws-key' });
    }
  }
  return found;
}
