import { afterEach, describe, expect, it } from 'vitest';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { startOllamaServer, type OllamaServer, type OllamaServerOptions } from '../../servers/ollama/server';
import { chat, collect, OPTIONS } from './asking';

let server: OllamaServer;
const start = async (options: OllamaServerOptions = {}): Promise<OllamaProvider> => {
  server = await startOllamaServer(options);
  return new OllamaProvider({ host: server.url });
};
afterEach(() => server.close());

describe('a chat with a local model', () => {
  it('streams the text and ends with the figures of the server', async () => {
    const ollama = await start({ answer: () => 'It adds two numbers.' });
    const answer = await collect(
      ollama.local('llama3.2:3b')?.chat(chat('Explain.'), OPTIONS, new AbortController().signal),
    );
    expect(answer.text).toBe('It adds two numbers.');
    expect(answer.end).toMatchObject({ finish: 'stop', usage: { outputTokens: 6, estimated: false } });
    expect(server.requests.at(-1)?.state).toBe('ended');
  });
});
