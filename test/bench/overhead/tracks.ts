import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClaudeServer } from '../../servers/claude/server';
import { startOllamaServer } from '../../servers/ollama/server';
import { seeded } from '../../servers/random';
import { makeRequest } from '../soak/requests';
import { closeWindow, openWindow, type WindowParts } from '../soak/window-parts';
import { writeWorkspace } from '../soak/workspace';

/** Two ways to ask the same server the same; each gives the ms to the first token. */
export interface Track {
  throughYard(): Promise<number>;
  direct(): Promise<number>;
  close(): Promise<void>;
}

/** Answers begin at once, so that nothing hides what is added. */
const SERVER = { answer: () => 'One, two, three.', firstTokenMs: 0, tokenMs: 0, keep: 4 };
const PATHS = { ollama: '/api/chat', claude: '/v1/messages' } as const;
/** The first text in either stream; headers and empty events come before it. */
const TEXT = /"(?:content|text)":"[^"]/;

/** The whole graph of one window before a server of its own: real clients, gate, ledger and budget. */
export async function openTrack(name: 'ollama' | 'claude', capUsd?: number): Promise<Track> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-overhead-'));
  await writeWorkspace(join(folder, 'workspace'));
  const ollama = await startOllamaServer(SERVER);
  const claude = await startClaudeServer(SERVER);
  const server = name === 'ollama' ? ollama : claude;
  const urls = { ollamaUrl: ollama.url, claudeUrl: claude.url };
  const options = { window: 0, requests: 0, seed: 1, disturbed: false, folder, ...urls };
  const parts = openWindow(options, { ...(capUsd !== undefined && { dayUsd: capUsd }), warnAt: 0.8 });
  await parts.ledger.loaded;
  const draw = seeded(1);
  let count = 0;
  return {
    throughYard: () => firstTokenOfYard(name, parts, join(folder, 'workspace'), `w0-${(count += 1)}`, draw),
    direct: () => {
      const last = server.requests.findLast(({ path }) => path === PATHS[name]);
      return firstTokenOf(server.url + PATHS[name], JSON.stringify(last?.body ?? FIRST[name]));
    },
    async close() {
      await closeWindow(parts);
      await Promise.all([ollama.close(), claude.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For a direct call before any other. */
const FIRST = {
  ollama: { model: 'llama3.2:3b', messages: [{ role: 'user', content: 'Hello' }], stream: true },
  claude: {
    model: 'claude-haiku-5-5',
    max_tokens: 100,
    stream: true,
    messages: [{ role: 'user', content: 'Hello' }],
  },
};

async function firstTokenOfYard(
  name: 'ollama' | 'claude',
  { yard, gate }: Pick<WindowParts, 'yard' | 'gate'>,
  folder: string,
  id: string,
  draw: () => number,
): Promise<number> {
  // Explanations go to both tracks, by name.
  let request = makeRequest(id, undefined, { folder, gate, draw });
  while (request.task !== 'explain') request = makeRequest(id, undefined, { folder, gate, draw });
  const override = name === 'ollama' ? 'local' : 'cloud';
  const started = performance.now();
  const ticket = yard.submit({ ...request, override });
  let took: number | undefined;
  for await (const event of ticket.events) {
    if (event.type === 'text') took ??= performance.now() - started;
  }
  const { result } = await ticket.outcome;
  // A file that must not leave is refused; another request is as good.
  if (took === undefined && result.kind === 'refused')
    return firstTokenOfYard(name, { yard, gate }, folder, `${id}0`, draw);
  if (took === undefined) throw new Error(`no answer came: ${result.kind}`);
  return took;
}

async function firstTokenOf(url: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-api-key': 'sk-ant-direct' };
  const started = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  let took: number | undefined;
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (took === undefined && TEXT.test(text)) took = performance.now() - started;
  }
  if (took === undefined) throw new Error('the direct call gave no text');
  return took;
}
