import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import { cloudChat, collect, never, OPTIONS } from './asking';

afterEach(() => vi.restoreAllMocks());

const at = (baseURL: string): ClaudeProvider =>
  new ClaudeProvider({ baseURL, apiKey: () => Promise.resolve('sk-ant-test') });

describe('an address set for Claude', () => {
  it.each(['http://gateway.example.com', 'http://10.0.0.5:8080', 'http://evil.localhost', 'gateway', ''])(
    'is refused before anything is sent where it is neither https nor this machine: %j',
    async (baseURL) => {
      const sent = vi.spyOn(globalThis, 'fetch');
      const answer = await collect(
        at(baseURL).cloud('claude-haiku-5-5').chat(cloudChat('Explain.'), OPTIONS, never()),
      );
      expect(answer.error?.kind).toBe('invalid-request');
      expect(answer.error?.message).toContain('not https');
      expect(answer.error?.message).not.toContain('sk-ant');
      expect(answer.error?.detail.usage).toBeUndefined();
      expect(await at(baseURL).testKey('sk-ant-test')).toMatchObject({
        ok: false,
        error: { kind: 'invalid-request' },
      });
      expect(sent).not.toHaveBeenCalled();
    },
  );

  it('may be plain http on this machine, where a gateway may run', async () => {
    const keys: (string | undefined)[] = [];
    const gateway = createServer((request, response) => {
      keys.push(request.headers.authorization);
      response.writeHead(401).end('{}');
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const address = gateway.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await at(`http://127.0.0.1:${port}`).testKey('sk-ant-test');
    gateway.close();
    expect(keys).toHaveLength(1);
  });
});
