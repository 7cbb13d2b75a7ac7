import { afterEach, describe, expect, it } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import { startClaudeServer, type ClaudeServer, type ClaudeServerOptions } from '../../servers/claude/server';
import { cloudChat, collect, never, OPTIONS } from './asking';

let server: ClaudeServer;
const start = async (options: ClaudeServerOptions = {}): Promise<ClaudeProvider> => {
  server = await startClaudeServer(options);
  return new ClaudeProvider({ baseURL: server.url, apiKey: () => Promise.resolve('sk-ant-test') });
};
afterEach(() => server.close());

describe('a chat with Claude', () => {
  it('streams the text and ends with the figures of the API', async () => {
    const claude = await start({ answer: () => 'It adds two numbers.' });
    const call = claude.cloud('claude-haiku-5-5').chat(cloudChat('Explain.'), OPTIONS, never());
    const answer = await collect(call);
    expect(answer.text).toBe('It adds two numbers.');
    expect(answer.end).toMatchObject({ finish: 'stop', usage: { outputTokens: 6, estimated: false } });
    expect(server.bill.items).toMatchObject([{ ended: true, usage: { output_tokens: 6 } }]);
  });
});
