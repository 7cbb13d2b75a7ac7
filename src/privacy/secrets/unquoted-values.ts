import type { Finding } from './finding';
import { isStandIn, looksRandom } from './likely-secret';
import { isSecretValue, kindOfSecret, SECRET_NAME } from './secret-names';

/** `API_KEY=… node x.js`, `{user: me, password: …}`, `X-Api-Key: …"`, `&client_secret=…`, `${db.password:…}`, `password is …`. */
const INLINE = new RegExp(
  `(${SECRET_NAME})[A-Za-z0-9_-]{0,30}(?:[=:]|[ \\t]?:?=[ \\t]?|:[ \\t]|:-|[ \\t](?:is|was)[ \\t:]{1,2}[\`"']?)([^\\s"'\`(){}\\[\\];,<>|\\\\&=:][^\\s"'\`(){}\\[\\];,<>|\\\\&=]{7,300}={0,2})(?=[\\s"'\`;,&}\\])]|\\.\\s|$)`,
  'gi',
);
/** `--api-key …`: a value apart from its name. */
const FLAG = new RegExp(
  `\\s--?[A-Za-z0-9-]{0,30}(${SECRET_NAME})[A-Za-z0-9-]{0,10}[ \\t]+["']?([^\\s"'\`$<>(){}\\[\\]|&;-][^\\s"'\`(){}\\[\\]|&;]{7,300})`,
  'gi',
);

/** What code writes on the right side without quotes: names, calls on the way, sums, and types. */
const EXPRESSION = /^[!~+*&.-]*[A-Za-z_$][\w$]*(?:(?:\?\.|!\.|!=+|[.?:+*/%^|&=<>-]|->|::)+[\w$]*)*!?$/;

/** Values without quotes in the middle of a line: of shells, headers, YAML in one line, and prose. */
export function findUnquotedValues(text: string): Finding[] {
  return [INLINE, FLAG].flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => {
      const [whole, name = '', value = ''] = match;
      if (isStandIn(value) || !isLikely(name, value)) return [];
      const end = match.index + whole.length;
      return [{ start: end - value.length, end, kind: kindOfSecret(name) }];
    }),
  );
}

function isLikely(name: string, value: string): boolean {
  // What could be code has to look drawn at random.
  if (EXPRESSION.test(value)) return looksRandom(value, 20);
  const isPassword = kindOfSecret(name) === 'password';
  return isPassword ? isSecretValue(name, value) && /\d/.test(value) : looksRandom(value, 20);
}
