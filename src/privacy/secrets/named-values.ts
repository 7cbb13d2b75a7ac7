import type { Finding } from './finding';
import { isSecretValue, kindOfSecret, SECRET_NAME } from './secret-names';

const NAME = `[A-Za-z0-9_.-]{0,60}?(${SECRET_NAME})[A-Za-z0-9_-]{0,30}`;

/** Forms in which a name and its value stand apart: the name's word, then the value. */
const FORMS: readonly RegExp[] = [
  // - name: DB_PASSWORD
  //   value: …
  new RegExp(`\\bname["']?: *["']?${NAME}["']?,?\\s{1,40}["']?value["']?: *["']?([^\\s"']{8,300})`, 'gi'),
  // <add key="ApiKey" value="…"/>
  new RegExp(`\\b(?:key|name)="${NAME}"\\s{1,40}value="([^"\\n]{8,300})"`, 'gi'),
  // <password>…</password>, also as CDATA
  new RegExp(`<${NAME}>\\s{0,40}(?:<!\\[CDATA\\[)?([^<>\\s\\]]{8,300})(?:\\]\\]>)?\\s{0,40}</`, 'gi'),
  // <key>ApiKey</key><string>…</string>
  new RegExp(`<key>${NAME}</key>\\s{0,40}<string>([^<>\\s]{8,300})<`, 'gi'),
  // <string name="api_key">…</string>
  new RegExp(`\\bname="${NAME}"[^<>\\n]{0,80}>([^<>\\s]{8,300})<`, 'gi'),
  // variable "db_password" { default = "…" }
  new RegExp(
    `\\bvariable\\s{1,4}"${NAME}"\\s{0,4}\\{[^{}]{0,300}?\\bdefault\\s{0,20}=\\s{0,4}"([^"\\n]{8,300})"`,
    'gi',
  ),
];

/** Secrets of container manifests, XML settings and their like, which name a value in another field. */
export function findNamedValues(text: string): Finding[] {
  return FORMS.flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => {
      const [whole, name = '', value = ''] = match;
      if (!isSecretValue(name, value)) return [];
      const start = match.index + whole.lastIndexOf(value);
      return [{ start, end: start + value.length, kind: kindOfSecret(name) }];
    }),
  );
}
