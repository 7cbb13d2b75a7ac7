import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkEngine } from '../../src/models/inside/engine-child';
import { InsideProvider } from '../../src/models/inside/provider';
import { findWeights } from '../../src/models/inside/weights/find-weights';
import type { CallOptions, LocalModel } from '../../src/models/model';
import { chat, collect, infill, never, OPTIONS } from '../unit/models/asking';
import { ENGINE } from './engine-program';
import { tinyGguf } from './tiny-gguf';

/** Real llama.cpp in a real process, with random weights of 330 kB. */
let folder: string;
let inside: InsideProvider;
const children: { kill(): void }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchyard-inside-'));
  await writeFile(path.join(folder, 'tiny.gguf'), tinyGguf());
  inside = new InsideProvider({
    program: ENGINE,
    find: () => findWeights({ chosen: '', downloads: folder, ollama: [] }),
    start: (events) => {
      const child = forkEngine(ENGINE)(events);
      children.push(child);
      return child;
    },
  });
  await inside.list();
});
afterAll(async () => {
  inside.dispose();
  await rm(folder, { recursive: true, force: true });
});

const model = (id = 'tiny'): LocalModel => {
  const found = inside.local(`${id} (stand-in)`);
  if (found === undefined) throw new Error(`no weights named ${id}`);
  return found;
};
const few: CallOptions = { ...OPTIONS, maxOutputTokens: 12 };
const long: CallOptions = { ...OPTIONS, maxOutputTokens: 1500 };

describe('the engine inside', () => {
  it('streams a chat and counts its tokens and times', async () => {
    const answer = await collect(model().chat(chat('What is this?'), few, never()));

    expect(answer.text).not.toBe('');
    expect(answer.end).toMatchObject({ finish: 'length', usage: { outputTokens: 12, estimated: false } });
    expect(answer.end?.usage.inputTokens).toBeGreaterThan(20);
    expect(answer.end?.timings.promptEvalMs).toBeGreaterThan(0);
  });

  it('gives the same text for the same question', async () => {
    const [first, second] = [await ask('Twice?'), await ask('Twice?')];

    expect(second).toBe(first);
  });

  it('gives the log-probability of the tokens it shows, none of them certain', async () => {
    const answer = await collect(model().chat(chat('Sure?'), { ...few, logprobs: true }, never()));

    // The last tokens may be part of a character that was cut off.
    expect(answer.logprobs.length).toBeGreaterThan(6);
    for (const { logprob } of answer.logprobs) expect(logprob).toBeLessThan(0);
  });

  it('gives log-probabilities as the weights have them, whatever the temperature makes of them', async () => {
    const options = { ...few, logprobs: true };
    const cold = await collect(model().infill?.(infill('const a = █;'), options, never()));
    const warm = await collect(
      model().infill?.(infill('const a = █;'), { ...options, temperature: 0.01 }, never()),
    );

    // At so low a temperature the likeliest token is taken too, with a probability of nearly 1.
    expect(warm.text).toBe(cold.text);
    const [from = 0, to = 0] = [cold, warm].map(({ logprobs }) => logprobs[0]?.logprob);
    expect(from).toBeLessThan(-1);
    // Nearly uniform as random weights are, the 64 tokens of which something is known hold half of it all.
    expect(to).toBeLessThan(-0.5);
  });

  it('fills in the middle, and what comes after the caret matters', async () => {
    const one = await collect(model().infill?.(infill('const a = █;'), few, never()));
    const other = await collect(model().infill?.(infill('const a = █)))))'), few, never()));

    expect(one.text).not.toBe('');
    expect(other.text).not.toBe(one.text);
  });

  it('ends an answer at the text it is told to stop at', async () => {
    const whole = await ask('Stop?');
    const stop = whole.slice(4, 7);

    const answer = await collect(model().chat(chat('Stop?'), { ...few, stop: [stop] }, never()));

    expect(answer.text).toBe(whole.slice(0, whole.indexOf(stop)));
    expect(answer.end?.finish).toBe('stop');
  });

  it('stops within a token when cancelled, and answers the next question', async () => {
    const stop = new AbortController();
    let tokens = 0;

    const answer = await collect(model().chat(chat('On and on.'), long, stop.signal), () => {
      tokens += 1;
      if (tokens === 3) stop.abort();
    });
    const next = await ask('And now?');

    expect(answer.error?.kind).toBe('cancelled');
    expect(answer.pieces.length).toBeLessThanOrEqual(4);
    expect(answer.error?.detail.usage?.outputTokens).toBeLessThan(100);
    expect(next).not.toBe('');
  });

  it('refuses a prompt longer than its context', async () => {
    const answer = await collect(model().chat(chat('long '.repeat(3000)), few, never()));

    expect(answer.error?.kind).toBe('context-too-long');
  });

  it('loses one answer to a crash, and starts anew for the next', async () => {
    const before = children.length;
    const answer = await collect(model().chat(chat('Crash.'), long, never()), () => children.at(-1)?.kill());
    const next = await ask('Back?');

    expect(answer.error?.kind).toBe('out-of-memory');
    expect(next).not.toBe('');
    expect(children.length).toBe(before + 1);
  });

  it('ends with its window, also with one that is killed in the middle of an answer', async () => {
    const load = { file: path.join(folder, 'tiny.gguf'), contextTokens: 2048, continues: true };
    const question = { kind: 'infill', model: '', path: 'a.ts', prefix: 'let a', suffix: '', context: [] };
    const sampling = { maxOutputTokens: 1500, stop: [], logprobs: false };
    // The engine inherits standard error, which is at its end once nobody holds it any more.
    const window = spawn(process.execPath, [
      '--eval',
      `const { fork } = require('node:child_process');
       const stdio = ['ignore', 'ignore', 'inherit', 'ipc'];
       const engine = fork(${JSON.stringify(ENGINE)}, [], { stdio });
       engine.on('message', ({ type }) => { if (type === 'text') console.log(type); });
       engine.send(${JSON.stringify({ type: 'load', load })});
       engine.send(${JSON.stringify({ type: 'ask', call: 1, question, sampling })});`,
    ]);
    await once(window.stdout, 'data');

    const ended = once(window.stderr.resume(), 'end');
    window.kill('SIGKILL');

    await ended;
  });

  it('says so where the weights are broken', async () => {
    await writeFile(path.join(folder, 'short.gguf'), tinyGguf().subarray(0, 60_000));
    await inside.list();

    const answer = await collect(model('short').chat(chat('Hello?'), few, never()));

    expect(['server', 'model-missing', 'invalid-request']).toContain(answer.error?.kind);
  });

  async function ask(question: string): Promise<string> {
    return (await collect(model().chat(chat(question), few, never()))).text;
  }
});
