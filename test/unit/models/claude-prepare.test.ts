import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import { startClaudeServer, type ClaudeServer } from '../../servers/claude/server';
import { HandClock } from '../routing/a-clock';
import { cloudChat, collect, never, OPTIONS } from './asking';

let server: ClaudeServer;
afterEach(() => server.close());

/** A provider whose key is another each time it is asked for. */
async function provider(clock: HandClock): Promise<{ claude: ClaudeProvider; asked: () => number }> {
  server = await startClaudeServer();
  let asked = 0;
  const apiKey = (): Promise<string> => Promise.resolve(`sk-ant-${(asked += 1)}`);
  return { claude: new ClaudeProvider({ baseURL: server.url, apiKey }, clock), asked: () => asked };
}

const ask = (claude: ClaudeProvider): Promise<unknown> =>
  collect(claude.cloud('claude-haiku-5-5').chat(cloudChat('Explain.'), OPTIONS, never()));
const keys = (): unknown[] => server.requests.map(({ headers }) => headers.authorization);

describe('a call to Claude that was prepared', () => {
  it('sends nothing before it is made, and takes the key that was read ahead', async () => {
    const { claude, asked } = await provider(new HandClock());
    claude.cloud('claude-haiku-5-5').prepare?.();
    expect([asked(), keys()]).toEqual([1, []]);
    await ask(claude);
    expect([asked(), keys()]).toEqual([1, ['Bearer sk-ant-1']]);
  });

  it('leaves no key to the next', async () => {
    const { claude } = await provider(new HandClock());
    claude.cloud('claude-haiku-5-5').prepare?.();
    await ask(claude);
    await ask(claude);
    expect(keys()).toEqual(['Bearer sk-ant-1', 'Bearer sk-ant-2']);
  });

  it('asks anew where a preview was read for long: the key may be another by then', async () => {
    const clock = new HandClock();
    const { claude } = await provider(clock);
    claude.cloud('claude-haiku-5-5').prepare?.();
    await clock.turn(1_000);
    await ask(claude);
    expect(keys()).toEqual(['Bearer sk-ant-2']);
  });

  it('leaves no timer', async () => {
    const clock = new HandClock();
    const { claude } = await provider(clock);
    claude.cloud('claude-haiku-5-5').prepare?.();
    claude.cloud('claude-haiku-5-5').prepare?.();
    await ask(claude);
    await vi.waitFor(() => expect(clock.pending).toBe(0));
  });

  it('tells of a missing key itself', async () => {
    server = await startClaudeServer();
    const claude = new ClaudeProvider({ baseURL: server.url, apiKey: () => Promise.resolve(undefined) });
    claude.cloud('claude-haiku-5-5').prepare?.();
    expect(await ask(claude)).toMatchObject({ error: { kind: 'no-key' } });
    expect(keys()).toEqual([]);
  });
});
