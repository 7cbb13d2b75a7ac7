import { describe, expect, it, vi } from 'vitest';
import { EndpointConsent, readEndpoint } from '../../../src/editor/models/endpoint-consent';
import { OffMachineCalls } from '../../../src/editor/models/off-machine';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { startOllamaServer } from '../../servers/ollama/server';

const consentTo = (...urls: string[]): EndpointConsent =>
  new EndpointConsent({ get: () => urls, update: () => Promise.resolve(), keys: () => [] } as never);

describe('a server that is not on this machine', () => {
  const endpoint = readEndpoint('http://10.0.0.5:11434');
  const refusal = (consent: EndpointConsent, offline: boolean): string | undefined =>
    consent.refusal(endpoint, 'Ollama', offline);

  it('is used once the user said yes', () => {
    expect(refusal(consentTo(), false)).toMatch(/waits for your yes/);
    expect(refusal(consentTo('http://10.0.0.5:11434'), false)).toBeUndefined();
  });

  it('is none while offline, whatever the user said yes to', () => {
    expect(refusal(consentTo('http://10.0.0.5:11434'), true)).toMatch(
      /offline, and Ollama is not on this machine/,
    );
  });

  it('is told from one on this machine, which offline leaves alone', () => {
    const here = readEndpoint('http://127.0.0.1:11434');
    expect(consentTo().refusal(here, 'Ollama', true)).toBeUndefined();
  });

  it('is hung up on when the offline switch is turned while it answers', async () => {
    const server = await startOllamaServer({ answer: () => new Promise(() => undefined) });
    const calls = new OffMachineCalls();
    const model = new OllamaProvider({ host: server.url }).local('qwen2.5-coder:7b');
    if (model === undefined) throw new Error('the model is local');
    const prompt = { system: [], turns: [{ role: 'user' as const, parts: [{ text: 'why?' }] }] };
    const deadline = { firstTokenMs: 60_000, idleMs: 60_000, totalMs: 60_000 };
    const reading = (async () => {
      for await (const _event of calls
        .watched(model)
        .chat(prompt, { maxOutputTokens: 10, deadline }, new AbortController().signal));
    })();
    const ended = expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    const asked = await vi.waitUntil(() => server.requests.find(({ path }) => path === '/api/chat'));

    calls.endAll();

    await ended;
    await server.settled();
    expect(asked.state).toBe('closed-by-client');
    await server.close();
  });
});
