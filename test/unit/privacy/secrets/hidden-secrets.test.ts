import { describe, expect, it } from 'vitest';
import { pem, random, randomBase64, randomHex, TOKENS } from '../../../fixtures/secrets';
import { withoutSecrets } from './without-secrets';

const TOKEN = TOKENS['GitHub personal token'] ?? '';
const HEAD = TOKEN.slice(0, 15);
const TAIL = TOKEN.slice(15);
const KEY = random(40);
const PASSWORD = 'kX9#mP2$vL';
const UNQUOTED = 'hunter2Trotz!9';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const notebook = (...lines: string[]): string =>
  JSON.stringify({ cells: [{ source: lines.map((line) => `${line}\n`) }] }, null, 1);

/** Each text with what must not be left of it. */
type Cases = Readonly<Record<string, readonly [text: string, ...secrets: string[]]>>;

function areFound(cases: Cases): void {
  it.each(Object.entries(cases))('%s', async (_name, [text, ...secrets]) => {
    for (const secret of secrets) expect(text).toContain(secret);
    const rest = await withoutSecrets(text);
    for (const secret of secrets) expect(rest).not.toContain(secret);
  });
}

describe('secrets that are written otherwise than they read', () => {
  areFound({
    'a token right behind an escaped line end': [`"first\\n${TOKEN}"`, TOKEN.slice(8)],
    'a token with an escaped letter in its sign': [`"\\u0067hp_${TOKEN.slice(4)}"`, TOKEN.slice(10)],
    'a token in the items of a joined list': [`['${HEAD}', '${TAIL}'].join('')`, HEAD, TAIL],
    'a token in the items of a list that Python joins': [`"".join(["${HEAD}", "${TAIL}"])`, HEAD, TAIL],
    'a token on two lines of a shell script': [`T="${HEAD}\\\n${TAIL}"`, HEAD, TAIL],
    'a token in base64': [`atob("${base64(TOKEN)}")`, base64(TOKEN)],
    'a key file in base64': [
      `key: ${base64(pemText('RSA PRIVATE KEY', '\n'))}`,
      base64(pemText('RSA PRIVATE KEY', '\n')).slice(40, 90),
    ],
    'a password put together from strings': [`const password = "kX9#m" + "P2$vL4q";`, 'kX9#m', 'P2$vL4q'],
    'an assignment in the cell of a notebook': [notebook(`password = "${PASSWORD}"`), PASSWORD],
    'a variable of the shell in a notebook': [notebook(`%env API_KEY=${KEY}`), KEY],
    'a key file in the lines of a notebook': [
      notebook(...pemText('RSA PRIVATE KEY', '\n').split('\n')),
      pem('RSA PRIVATE KEY').body[2] ?? '',
    ],
    'JSON inside of JSON': [
      JSON.stringify({ a: JSON.stringify({ password: PASSWORD, apiKey: KEY }) }),
      PASSWORD,
      KEY,
    ],
    'JSON inside of JSON inside of JSON': [
      JSON.stringify(JSON.stringify({ a: JSON.stringify({ password: PASSWORD }) })),
      PASSWORD,
    ],
    'an address inside of an address': [
      `https://a.example/?next=${encodeURIComponent(`https://b.example/?access_token=${KEY}`)}`,
      KEY,
    ],
    'a form': [`user=me&password=${encodeURIComponent(PASSWORD)}&x=1`, encodeURIComponent(PASSWORD)],
    'an attribute of HTML in a string': [`password=&quot;${PASSWORD}&quot;`, PASSWORD],
    'a line that a diff adds': [`@@ -1 +1 @@\n+DB_PASSWORD=${PASSWORD}\n`, PASSWORD],
    'a line that a diff removes': [`@@ -1 +1 @@\n-  password: ${PASSWORD}\n`, PASSWORD],
    'a line that a mail quotes': [`> DB_PASSWORD=${PASSWORD}\n`, PASSWORD],
  });

  it('finds a secret of many escapes to its last character', async () => {
    const text = JSON.stringify({ note: `a "quoted" \\ word\nDB_PASSWORD=${UNQUOTED}\nB=1` });
    expect(await withoutSecrets(text)).toBe(text.replace(UNQUOTED, '§'));
  });
});

function pemText(kind: string, separator: string, dress: (line: string) => string = (line) => line): string {
  const { begin, body, end } = pem(kind);
  return [begin, ...body, end].map(dress).join(separator);
}

describe('private keys however a program puts them together', () => {
  const dressed: Readonly<Record<string, string>> = {
    'line by line': pemText('PRIVATE KEY', '\n', (line) => `key += "${line}\\n";`),
    'by calls': pemText('PRIVATE KEY', '\n', (line) => `builder.append("${line}\\n");`),
    'in Basic': pemText('PRIVATE KEY', '\n', (line) => `  s = s & "${line}" & vbCrLf`),
    'with line numbers': pemText('PRIVATE KEY', '\n', (line) => `17 | ${line}`),
    'with breaks of HTML': pemText('PRIVATE KEY', '<br>'),
    'encoded for an address': encodeURIComponent(pemText('EC PRIVATE KEY', '\n')),
    'its first line in two strings': pemText('RSA PRIVATE KEY', '\n', (line) => `"${line}\\n" +`).replace(
      'RSA ',
      'RSA " + "',
    ),
    'added by a diff': pemText('PRIVATE KEY', '\n', (line) => `+${line}`),
  };
  it.each(Object.entries(dressed))('%s', async (_name, text) => {
    const rest = await withoutSecrets(text);
    for (const line of pem('PRIVATE KEY').body)
      expect(rest).not.toContain(encodeURIComponent(line).slice(4, 24));
  });

  it.each([
    ['RSA', `MIIEpAIBAAKCAQEA${randomBase64(300)}`],
    ['RSA in PKCS #8', `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${randomBase64(300)}`],
    ['EC', `MHcCAQEEI${randomBase64(150)}`],
    ['Ed25519', `MC4CAQAwBQYDK2VwBCIEI${randomBase64(43)}`],
    ['OpenSSH', `b3BlbnNzaC1rZXktdjEA${randomBase64(300)}`],
  ])('without their armour: %s', async (_name, key) => {
    expect(await withoutSecrets(`const BODY = "${key}";`)).toBe('const BODY = "§";');
  });

  it('as a JSON Web Key', async () => {
    const key = JSON.stringify({ kty: 'EC', crv: 'P-256', x: randomBase64(20), d: KEY });
    expect(await withoutSecrets(key)).toBe(key.replace(KEY, '§'));
  });
});

describe('values that stand without quotes', () => {
  areFound({
    'before a command': [`API_KEY=${KEY} node main.js`, KEY],
    'a password before a command': [`PGPASSWORD=${UNQUOTED} psql -h db`, UNQUOTED],
    'behind a flag': [`deploy --token ${KEY} --yes`, KEY],
    'in a flag': [`tool --password=${UNQUOTED} run`, UNQUOTED],
    'in a header': [`curl -H "X-Api-Key: ${KEY}" https://x.example`, KEY],
    'in a request without a scheme': [`GET /\nAuthorization: ${KEY}\n`, KEY],
    'in a request with a scheme of its own': [`Authorization: ApiKey ${KEY}`, KEY],
    'in a header of Python': [`headers = {"Authorization": f"Bearer ${KEY}"}`, KEY],
    'in a cookie': [`Cookie: theme=dark; sid=${randomHex(32)}`, randomHex(32)],
    'in YAML on one line': [`{user: me, password: ${UNQUOTED}, x: 1}`, UNQUOTED],
    'in YAML with a comment behind': [`password: ${UNQUOTED} # production`, UNQUOTED],
    'in a list of YAML': [`environment:\n  - "DB_PASSWORD=${UNQUOTED}"\n`, UNQUOTED],
    'in a block of YAML': [`api_key: >-\n  ${KEY}\n`, KEY],
    'as the default of a placeholder': [`@Value("\${db.password:${UNQUOTED}}")`, UNQUOTED],
    'in prose': [`The admin password is ${UNQUOTED} for now.`, UNQUOTED],
    'for the login to a registry': [`docker login -u me -p ${UNQUOTED} r.example`, UNQUOTED],
    'for MySQL': [`mysql -u root -p${UNQUOTED} shop`, UNQUOTED],
    'for SSH': [`sshpass -p '${UNQUOTED}' ssh me@host`, UNQUOTED],
    'in .netrc': [`machine api.example login me password ${UNQUOTED}`, UNQUOTED],
    'in an address that does not escape them': ['redis://default:aB/cD9/eF1x@cache:6379', 'aB/cD9/eF1x'],
  });
});

describe('values in the forms of languages and tools', () => {
  areFound({
    'three quotes': [`API_KEY = """\n${KEY}\n"""`, KEY],
    'a raw string of Rust': [`let password = r#"${PASSWORD}"#;`, PASSWORD],
    'a property of C#': [`public string Password { get; set; } = "${PASSWORD}";`, PASSWORD],
    'a choice': [`const apiKey = live ? "${KEY}" : "${KEY}x";`, KEY],
    'a list': [`const tokens = ["${KEY}", "${KEY}x"];`, KEY],
    'an attribute of JSX': [`<Map apiKey={"${KEY}"} />`, KEY],
    'a comparison': [`if (headers['x-api-key'] !== "${KEY}") return;`, KEY],
    'a comparison by a method': [`if (token.equals("${KEY}")) return;`, KEY],
    'a short name': [`dbPass: "${PASSWORD}"`, PASSWORD],
    'a variable of Terraform': [
      `variable "db_password" {\n  type = string\n  default = "${PASSWORD}"\n}`,
      PASSWORD,
    ],
    'a property list': [`<key>ApiKey</key>\n<string>${KEY}</string>`, KEY],
    'a resource of Android': [`<string name="maps_api_key">${KEY}</string>`, KEY],
    CDATA: [`<password><![CDATA[${PASSWORD}]]></password>`, PASSWORD],
    'a user of a database': [`CREATE USER 'app'@'%' IDENTIFIED BY '${PASSWORD}';`, PASSWORD],
    'a secure string': [`(ConvertTo-SecureString "${PASSWORD}" -AsPlainText -Force)`, PASSWORD],
    "a registry's login": [
      `{"auths":{"r":{"auth":"${base64(`me:${UNQUOTED}`)}"}}}`,
      base64(`me:${UNQUOTED}`),
    ],
  });

  it('takes every value of a Kubernetes secret, and leaves its names', async () => {
    const value = base64(UNQUOTED);
    expect(
      await withoutSecrets(`kind: Secret\nmetadata:\n  name: db\ndata:\n  pg: ${value}\n  user: ${value}\n`),
    ).toBe('kind: Secret\nmetadata:\n  name: db\ndata:\n  pg: §\n  user: §\n');
    expect(await withoutSecrets(`{"kind": "Secret", "data": {"pg": "${value}"}}`)).toBe(
      '{"kind": "Secret", "data": {"pg": "§"}}',
    );
    const config = `kind: ConfigMap\ndata:\n  pg: ${base64('host=db')}\n`;
    expect(await withoutSecrets(config)).toBe(config);
  });
});

describe('ordinary code stays whole', () => {
  it.each([
    '--- PASS: TestCart/two_items2 (0.02s)',
    'Pass `--session=<name>` to override it.',
    'const { token: csrfToken2, password: user.password2 } = form;',
    'f.password = &emptyPassword2',
    'config.PrivateKey = testRSA2048PrivateKey',
    'authorization = base64.decodebytes(authorization2)',
    "AUTH_VERSION_1 = 'authentication.example.io/v1alpha1'",
    "keys = ['ExecCredential', 'apiVersion', 'client.authentication.k8s.io/v1'].join('')",
    'if (t.tokenValue==="defer",I=t.features&4&&(d&-2147483648)===0&&a=="source") return;',
    'pattern = "\\\\bpassword\\\\s*=\\\\s*\\"[^\\"]+\\""',
    '<a href="/reset?token=%s&amp;next=%2Faccount%2Fpassword2">reset</a>',
    `-----BEGIN CERTIFICATE-----\n${randomBase64(64)}\n-----END CERTIFICATE-----`,
    `data:image/png;base64,${randomBase64(200)}`,
    'git clone https://example.org:8443/a/b@2.0.git',
  ])('%s', async (text) => {
    expect(await withoutSecrets(text)).toBe(text);
  });
});
