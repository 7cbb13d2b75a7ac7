import { fileRef } from '../../../../src/privacy/files/file-ref';
import { PromptRestorer } from '../../../../src/privacy/restore';
import { promise, type FuzzTarget } from '../target';

const FILE = fileRef('/w/a.ts');
const OTHER = fileRef('/w/b.ts');
const NAMES = [
  'REDACTED_GITHUB_TOKEN_1_k3x9ab',
  'REDACTED_GITHUB_TOKEN_11_k3x9ab',
  'REDACTED_PASSWORD_2_k3x9ab',
];

/** An answer that streams gets its secrets back as the whole one does, and only in the file they came from. */
export const restoredStream: FuzzTarget = {
  name: 'restored-stream',
  seeds: NAMES.map((name) => `const key = "${name}"; // ${name}${name}`),
  words: [...NAMES, 'REDACTED_', '_k3x9ab', 'RED', 'REDACTED_GITHUB_TOKEN_1', '$&', '$1', '\\'],
  run(answer, random) {
    const restorer = new PromptRestorer(
      NAMES.map((name, i) => ({
        name,
        secret: `<s$&cret ${i}>`,
        origins: new Set(['file:/w/a.ts']),
        anywhere: false,
      })),
    );
    const { text, left } = restorer.intoFile(answer, FILE);
    promise(left === 0 && NAMES.every((name) => !text.includes(name)), 'a placeholder stayed');
    const stream = restorer.streamInto(FILE);
    let streamed = '';
    for (let at = 0; at < answer.length;) {
      const to = at + 1 + Math.floor(random() * 25);
      streamed += stream.push(answer.slice(at, to));
      at = to;
    }
    promise(streamed + stream.end() === text, 'the stream reads otherwise than the whole');
    promise(restorer.intoFile(answer, OTHER).text === answer, 'a secret went into another file');
  },
};
