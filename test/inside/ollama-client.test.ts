import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkEngine } from '../../src/models/inside/engine-child';
import { EngineProcess } from '../../src/models/inside/engine-process';
import { OllamaProvider } from '../../src/models/ollama/provider';
import type { LocalModel } from '../../src/models/model';
import { fromEngine } from '../servers/answers/from-engine';
import { startOllamaServer, type OllamaServer } from '../servers/ollama/server';
import { chat, collect, infill, never, OPTIONS } from '../unit/models/asking';
import { ENGINE } from './engine-program';
import { tinyGguf } from './tiny-gguf';

/** The Ollama client against streams as llama.cpp makes them; random weights bring every kind of broken character. */
let folder: string;
let engine: EngineProcess;
let server: OllamaServer;
let model: LocalModel;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchyard-inside-'));
  const file = path.join(folder, 'tiny.gguf');
  await writeFile(file, tinyGguf());
  engine = new EngineProcess({
    start: forkEngine(ENGINE),
    load: { file, contextTokens: 2048, continues: true },
  });
  server = await startOllamaServer({ answer: fromEngine(engine) });
  const ollama = new OllamaProvider({ host: server.url });
  const [first] = (await ollama.list()).filter(({ abilities }) => abilities.infill && abilities.chat);
  const found = first === undefined ? undefined : ollama.local(first.ref.id);
  if (found === undefined) throw new Error('the server has no model that completes');
  model = found;
});
afterAll(async () => {
  await server.close();
  engine.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the Ollama client, answered by real weights', () => {
  it('gets a chat piece by piece, up to the limit it asked for', async () => {
    const answer = await collect(
      model.chat(chat('What is this?'), { ...OPTIONS, maxOutputTokens: 12 }, never()),
    );

    expect(answer.pieces.length).toBeGreaterThan(2);
    expect(answer.end).toMatchObject({ finish: 'length', usage: { outputTokens: 12, estimated: false } });
  });

  it('gets the log-probabilities the weights gave, each token its own', async () => {
    const options = { ...OPTIONS, maxOutputTokens: 12, logprobs: true };

    const answer = await collect(model.chat(chat('Sure?'), options, never()));

    const logprobs = answer.logprobs.map(({ logprob }) => logprob);
    expect(Math.max(...logprobs)).toBeLessThan(0);
    expect(new Set(logprobs).size).toBeGreaterThan(3);
  });

  it('completes at the caret', async () => {
    const answer = await collect(
      model.infill?.(infill('const a = █;'), { ...OPTIONS, maxOutputTokens: 8 }, never()),
    );

    expect(answer.text).not.toBe('');
    expect(answer.end?.usage.outputTokens).toBe(8);
  });

  it('stops the weights when it hangs up, and is answered again', async () => {
    const stop = new AbortController();
    const broken = await collect(model.chat(chat('On and on.'), OPTIONS, stop.signal), () => stop.abort());
    await server.settled();

    const next = await collect(model.chat(chat('And now?'), { ...OPTIONS, maxOutputTokens: 4 }, never()));

    expect(broken.error?.kind).toBe('cancelled');
    expect(next.end?.usage.outputTokens).toBe(4);
    await expect.poll(() => engine.isBusy).toBe(false);
  });
});
