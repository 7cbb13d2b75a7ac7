import { findSecrets } from '../../../../src/privacy/secrets/find-secrets';
import { pem, TOKENS } from '../../../fixtures/secrets';
import { promise, type FuzzTarget } from '../target';

const KEY = pem('RSA PRIVATE KEY');
const [GITHUB = '', ANTHROPIC = ''] = [TOKENS['GitHub personal token'], TOKENS['Anthropic API key']];

/** Whatever surrounds a secret, it is found; the places are in order and inside the text. */
export const secretSearch: FuzzTarget = {
  name: 'secret-search',
  seeds: [
    `const key = "${GITHUB}";`,
    `${KEY.begin}\n${KEY.body.join('\n')}\n${KEY.end}`,
    'password = "Tr0ub4dor&3x"\nDB_PASSWORD=kX9mP2vLq8\n',
    'postgres://app:k7Gh2pQz@db:5432/shop?sig=0123456789abcdefghij',
    'Server=db;User Id=app;Password=k7Gh2pQz;',
    'Authorization: Bearer abc123def456ghi789jkl0',
  ],
  words: [
    '// secretlint-disable', '-----BEGIN PRIVATE KEY-----', '-----END RSA PRIVATE KEY-----', '\\n', '\\n" +\n"', 'password=', 'token: "', 'secret', '://', '@', ':', '?key=', 'eyJ', '.eyJ',
    'ghp_', 'sk-ant-', 'xoxb-', 'AKIA', '${', '}', '====', '\\"', '\\n', '%3D', '&quot;', '" + "', '", "', '].join("")', 'kind: Secret\ndata:\n  ', ' --token ', 'Cookie: a=',
  ], // prettier-ignore
  async run(text, random) {
    const token = random() < 0.5 ? GITHUB : ANTHROPIC;
    const at = Math.floor(random() * (text.length + 1));
    // Between quotes, so that no letter beside it makes it part of another word.
    const around = `${text.slice(0, at)}"${token}"${text.slice(at)}`;
    const found = await findSecrets(around);
    let last = 0;
    for (const { start, end } of found) {
      promise(start >= last && end > start && end <= around.length, 'places out of order or out of the text');
      last = end;
    }
    const from = at + 1;
    promise(
      found.some(({ start, end }) => start <= from && end >= from + token.length),
      'missed a token',
    );
  },
};
