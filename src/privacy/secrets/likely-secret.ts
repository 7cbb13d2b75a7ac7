/** Placeholders that we put there ourselves: an earlier answer or a pasted preview is not redacted twice. */
const OURS = /^REDACTED_[A-Z0-9_]+_\d+_[a-z0-9]{6}$/;
/** Something else's name: a variable, a template's hole, a call. */
const REFERENCE =
  /\$\{|\{\{|\$\(|%\(|#\{|<%|^\$[A-Za-z_]\w*$|^%\w+%$|^<.*>$|^\[.*\]$|^\{.*\}$|^\(.*\)$|process\.env|os\.environ|getenv/i;
/** `****`, `xxxx`, `…`: ink instead of a value. */
const BLANKED = /\*{3,}|x{4,}|\.{3,}|…|•|_{3,}|-{4,}|^(.)\1*$/i;
/** Words that ask for a value. */
const ASKING =
  /(?:^|[^a-z])(?:your|my|some|the|enter|insert|replace|change|example|sample|dummy|fake|mock|placeholder|redacted|todo|none|null|undefined|here)(?:[^a-z]|$)|^your|changeme|change_?it|replaceme|placeholder/i;
const TOO_COMMON =
  /^(?:the|my|your|a|new|old|db|user|admin|test)?[_-]?(?:password|passwd|secret|token|pass|key)[_-]?[\d!]{0,4}$|^123456/i;

/** A value that only holds a secret's place: `<token>`, `${TOKEN}`, `your-api-key`, `changeme`. */
export function isStandIn(value: string): boolean {
  return [OURS, REFERENCE, BLANKED, ASKING, TOO_COMMON].some((pattern) => pattern.test(value));
}

/** Shannon entropy over the value's characters, in bits a character. Source: Shannon 1948. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/**
 * Whether the characters of a key's value look drawn at random: enough of them, of several kinds, with no words in
 * between. Bounds found on 16,000 source files of npm packages (`test/bench/privacy`).
 */
export function looksRandom(value: string, leastLength: number): boolean {
  if (value.length < leastLength || /\s/.test(value)) return false;
  if (/^[0-9a-f]+$/i.test(value)) return value.length >= 32 && entropyOf(value) >= 3;
  const digits = value.replace(/\D/g, '').length;
  if (digits < 2 || !/[a-z]/i.test(value)) return false;
  if (isNameLike(value) || isMadeOfWords(value)) return false;
  return entropyOf(value) >= 3.3;
}

/** `user.password.label2`, `fooBar-baz`, `/some/path/v2`: names, joined by what joins names. */
function isNameLike(value: string): boolean {
  if (/^(?:\.{0,2}\/|https?:|[a-z]+:\/\/)/i.test(value)) return true;
  const words = value.split(/[\s._\-/:,@#]+|(?<=[a-z])(?=[A-Z])/).filter((word) => word !== '');
  return (
    words.every((word) => /^(?:[A-Za-z]+\d{0,4}|\d{1,4}|[A-Z]{1,3})$/.test(word)) && averageLength(words) >= 3
  );
}

/** `testRSA2048PrivateKey`, `conf.oauth2Token`: names are made of words, and of a number here and there. */
function isMadeOfWords(value: string): boolean {
  const words = value
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '');
  const letters = words.join('').length;
  return words.every((word) => /^(?:[A-Za-z]+\d{0,5}|\d{1,5})$/.test(word)) && letters / words.length >= 4;
}

function averageLength(words: readonly string[]): number {
  return words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.length, 0) / words.length;
}

/** A password somebody made up: mixed, and not a word with a hint of what it is for. */
export function looksLikePassword(value: string): boolean {
  if (value.length < 8 || value.length > 200 || /\s/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  if (kinds < 2 || !/[\d!@#$%^&*?+=~]/.test(value) || isNameLike(value)) return false;
  return entropyOf(value) >= 2.7;
}
