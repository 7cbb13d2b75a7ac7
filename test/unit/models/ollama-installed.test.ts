import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasOllama } from '../../../src/models/ollama/installed';

const has = (env: NodeJS.ProcessEnv, ...files: string[]): boolean =>
  hasOllama(env, (file) => files.some((there) => path.normalize(there) === file));

describe('Ollama is installed', () => {
  it('where its program is in the path', () =>
    expect(has({ PATH: ['/bin', '/own/bin'].join(path.delimiter) }, '/own/bin/ollama')).toBe(true));

  it('where its installers put it, whatever the path', () => {
    expect(has({}, '/usr/local/bin/ollama')).toBe(true);
    expect(has({ LOCALAPPDATA: '/local' }, '/local/Programs/Ollama/ollama.exe')).toBe(true);
  });

  it('nowhere else', () => {
    expect(has({ PATH: '/bin' })).toBe(false);
    expect(has({ PATH: '' }, 'ollama')).toBe(false);
  });
});
