import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readArguments, UsageError } from '../../../scripts/start/arguments';
import { isRecentEnough } from '../../../scripts/start/desktop';
import { endpointFrom, lookAround } from '../../../scripts/start/findings';

describe('the arguments of npm start', () => {
  test('a relative workspace starts where the user is', () => {
    const parent = path.dirname(import.meta.dirname);
    expect(readArguments(['--workspace', 'host'], parent)?.workspace).toBe(import.meta.dirname);
  });

  test('a folder that is not there is said so', () => {
    expect(() => readArguments(['--workspace', 'nowhere'], import.meta.dirname)).toThrow(
      /no folder .*nowhere/,
    );
  });

  test('an unknown option is refused', () => {
    expect(() => readArguments(['--dmeo'], '.')).toThrow(UsageError);
  });

  test.each(['x', '-1', '70000'])('a port of %s is refused', (port) => {
    expect(() => readArguments([`--port=${port}`], '.')).toThrow(/--port/);
  });
});

describe('OLLAMA_HOST', () => {
  test.each([
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['192.168.1.5', 'http://192.168.1.5:11434'],
    ['box:9000', 'http://box:9000'],
    ['https://ollama.example', 'https://ollama.example'],
    [':::', 'http://127.0.0.1:11434'],
  ])('%s means %s', (host, endpoint) => {
    expect(endpointFrom(host)).toBe(endpoint);
  });
});

describe('looking around', () => {
  const close: (() => void)[] = [];
  afterEach(() => {
    for (const stop of close.splice(0)) stop();
  });

  /** Answers as Ollama does, with one model that has these abilities. */
  async function ollama(models: readonly object[], capabilities: readonly string[]): Promise<string> {
    const server = createServer((request, response) => {
      response.end(JSON.stringify(request.url === '/api/tags' ? { models } : { capabilities }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close.push(() => server.close());
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('names the models it found', async () => {
    const host = await ollama([{ name: 'qwen2.5-coder:1.5b', size: 986_000_000 }], ['completion', 'insert']);
    const { lines } = await lookAround({ OLLAMA_HOST: host, ANTHROPIC_API_KEY: 'k' });
    expect(lines).toEqual([
      `✓ Ollama at http://${host} with qwen2.5-coder:1.5b (1.0 GB).`,
      '✓ A Claude key in ANTHROPIC_API_KEY. Switchyard asks you before it uses it.',
    ]);
  });

  test('says what to pull when no model can fill in the middle', async () => {
    const host = await ollama([{ name: 'llama3.2', size: 2_000_000_000 }], ['completion']);
    const { lines } = await lookAround({ OLLAMA_HOST: host });
    expect(lines.join('\n')).toContain('For ghost text run: ollama pull');
  });

  test('says what to pull when there is no model', async () => {
    const { lines } = await lookAround({ OLLAMA_HOST: await ollama([], []) });
    expect(lines[0]).toContain('has no model. Run: ollama pull');
  });

  test('says where to get Ollama when nothing answers, and how to enter a key', async () => {
    const host = await ollama([], []);
    close.splice(0).forEach((stop) => stop());
    const { lines } = await lookAround({ OLLAMA_HOST: host });
    expect(lines.join('\n')).toMatch(/does not answer[^]*ollama\.com\/download[^]*Enter Claude Key/);
  });
});

describe('desktop VS Code', () => {
  test.each([
    ['1.105.0', true],
    ['1.140.2', true],
    ['2.0.0', true],
    ['1.104.9', false],
    ['', true],
  ])('%s is recent enough: %s', (version, enough) => {
    expect(isRecentEnough(version, '^1.105.0')).toBe(enough);
  });
});
