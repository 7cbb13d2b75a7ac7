import { afterEach, describe, expect, it, vi } from 'vitest';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { mintCloudText } from '../../../src/privacy/cloud-text';
import { runsInCloud } from '../../../src/models/ollama/cloud';
import { HandClock } from '../routing/a-clock';
import { chooseCompleter, chooseExplainer } from '../../../src/models/ollama/choose';
import { DEFAULT_MODELS, MANY_MODELS } from '../../servers/ollama/models';
import { OUT_OF_MEMORY } from '../../servers/ollama/errors';
import { startOllamaServer, type OllamaServer, type OllamaServerOptions } from '../../servers/ollama/server';
import { chat, cloudChat, collect, infill, never, OPTIONS } from './asking';

let server: OllamaServer;
const start = async (options: OllamaServerOptions = {}): Promise<OllamaProvider> => {
  server = await startOllamaServer(options);
  return new OllamaProvider({ host: server.url });
};
afterEach(() => server.close());
const shows = (): number => server.requests.filter(({ path }) => path === '/api/show').length;

describe('the models Ollama has', () => {
  it('are listed with size and abilities', async () => {
    const ollama = await start({ models: MANY_MODELS });
    const models = await ollama.list();
    expect(models.find(({ ref }) => ref.id === 'qwen2.5-coder:1.5b')).toMatchObject({
      sizeBytes: 986_000_000,
      parameters: '1.5B',
      abilities: { chat: true, infill: true, thinking: false },
    });
    expect(models.find(({ ref }) => ref.id === 'qwen3:8b')?.abilities).toMatchObject({
      infill: false,
      thinking: true,
    });
    expect(models.find(({ ref }) => ref.id.startsWith('nomic'))?.abilities).toMatchObject({
      chat: false,
      infill: false,
    });
  });

  it('of an older server are asked about one by one', async () => {
    const ollama = await start({ tagsNameCapabilities: false });
    const models = await ollama.list();
    expect(models.map(({ abilities }) => abilities.infill)).toEqual([true, true, false]);
    expect(server.requests.filter(({ path }) => path === '/api/show')).toHaveLength(3);
  });

  it('that Ollama runs in its cloud are never local models', async () => {
    const ollama = await start({ models: MANY_MODELS });
    const cloud = (await ollama.list()).find(({ ref }) => ref.place === 'cloud');
    expect(cloud?.ref.id).toBe('gpt-oss:120b-cloud');
    expect(ollama.local('gpt-oss:120b-cloud')).toBeUndefined();
    expect(ollama.local('anything:cloud')).toBeUndefined();
    const answer = await collect(
      ollama.cloud('gpt-oss:120b-cloud')?.chat(cloudChat('Hello'), OPTIONS, never()),
    );
    expect(answer.end?.finish).toBe('stop');
  });

  it('that Ollama runs in its cloud get nothing once sending is forbidden', async () => {
    let offline = false;
    const ollama = await start({ models: MANY_MODELS });
    await ollama.list();
    const text = mintCloudText('Hello', () => (offline ? 'offline' : undefined));
    const prompt = { system: [], turns: [{ role: 'user' as const, parts: [{ text }] }] };
    const call = ollama.cloud('gpt-oss:120b-cloud')?.chat(prompt, OPTIONS, never());

    offline = true;
    const answer = await collect(call);

    expect(answer.error?.kind).toBe('cancelled');
    expect(server.requests.filter(({ path }) => path === '/api/chat')).toEqual([]);
  });

  it('that point into the cloud under a harmless name get no byte of a prompt', async () => {
    const pointer = {
      ...DEFAULT_MODELS[0],
      name: 'my-model:latest',
      remoteHost: 'https://ollama.com:443',
      remoteModel: 'gpt-oss:120b',
    };
    const ollama = await start({ models: [pointer as (typeof DEFAULT_MODELS)[number]] });
    const answer = await collect(ollama.local('my-model:latest')?.chat(chat('secret'), OPTIONS, never()));
    expect(answer.error?.kind).toBe('forbidden');
    expect(JSON.stringify(server.requests.map(({ body }) => body))).not.toContain('secret');
  });

  it('whose name is pointed into the cloud later get no byte of a prompt once a minute is over', async () => {
    const local = DEFAULT_MODELS[0];
    if (local === undefined) throw new Error('no model');
    await start({ models: [local] });
    const clock = new HandClock();
    const ollama = new OllamaProvider({ host: server.url }, clock);
    await ollama.list();
    const model = ollama.local(local.name);
    const ask = (text: string) => collect(model?.chat(chat(text), OPTIONS, never()));
    expect((await ask('open')).end?.finish).toBe('stop');
    expect(shows()).toBe(0);
    const remote = { remoteHost: 'https://ollama.com:443', remoteModel: 'gpt-oss:120b' };
    server.models.splice(0, 1, { ...local, ...remote });
    await clock.turn(60_000);
    expect((await ask('secret')).error?.kind).toBe('forbidden');
    expect((await ask('secret')).error?.kind).toBe('forbidden');
    expect(shows()).toBe(1);
    expect(JSON.stringify(server.requests.map(({ body }) => body))).not.toContain('secret');
    expect(ollama.local(local.name)).toBeUndefined();
  });

  it.each(['gpt-oss:120b-cloud', 'glm:cloud', 'host:5000/ns/m:120b-cloud', 'HOST:5000/m:Cloud'])(
    'are told by the tag behind the last colon: %s',
    (name) => expect(runsInCloud(name)).toBe(true),
  );

  it.each(['llama3.2:3b', 'host:5000/cloud', 'host:5000/ns/m', 'cloud', 'm:cloudy'])(
    'are not taken for the cloud by anything else: %s',
    (name) => expect(runsInCloud(name)).toBe(false),
  );

  it('at ollama.com itself are no local models', () => {
    expect(new OllamaProvider({ host: 'https://ollama.com' }).local('llama3.2:3b')).toBeUndefined();
    return start();
  });
});

describe('keeping a model loaded', () => {
  it('warming, completing, explaining and warming again load it once', async () => {
    const ollama = await start();
    await ollama.warm('qwen2.5-coder:1.5b');
    const model = ollama.local('qwen2.5-coder:1.5b');
    await collect(
      model?.infill?.(infill('return █;'), { ...OPTIONS, temperature: 0, seed: 1, stop: ['\n\n'] }, never()),
    );
    await collect(
      model?.chat(chat('Explain.'), { ...OPTIONS, temperature: 0.7, maxOutputTokens: 900 }, never()),
    );
    await ollama.warm('qwen2.5-coder:1.5b');
    expect(server.loads).toEqual([{ model: 'qwen2.5-coder:1.5b', numCtx: 8192, again: false }]);
    expect(await ollama.running()).toMatchObject([{ id: 'qwen2.5-coder:1.5b', contextTokens: 8192 }]);
  });

  it('the completion model answers while the explaining model is busy', async () => {
    const ollama = await start({
      answer: ({ kind }) => (kind === 'infill' ? 'a + b' : 'word '.repeat(2000)),
      tokenMs: 1,
    });
    const stop = new AbortController();
    const long = collect(
      ollama.local('llama3.2:3b')?.chat(chat('Explain.'), { ...OPTIONS, maxOutputTokens: 9000 }, stop.signal),
    );
    await vi.waitUntil(() => server.requests.some(({ path }) => path === '/api/chat'));
    const quick = await collect(
      ollama.local('qwen2.5-coder:1.5b')?.infill?.(infill('return █;'), OPTIONS, never()),
    );
    expect(quick.text).toBe('a + b');
    stop.abort();
    expect((await long).error?.kind).toBe('cancelled');
  });

  it('a request waiting behind another on the same model leaves the line when cancelled', async () => {
    const ollama = await start({ answer: () => 'word '.repeat(2000), tokenMs: 1 });
    const model = ollama.local('llama3.2:3b');
    const [first, second] = [new AbortController(), new AbortController()];
    const running = collect(model?.chat(chat('One.'), { ...OPTIONS, maxOutputTokens: 9000 }, first.signal));
    await vi.waitUntil(() => server.requests.filter(({ path }) => path === '/api/chat').length === 1);
    const waiting = collect(model?.chat(chat('Two.'), OPTIONS, second.signal));
    await vi.waitUntil(() => server.requests.filter(({ path }) => path === '/api/chat').length === 2);
    second.abort();
    expect((await waiting).error?.kind).toBe('cancelled');
    await vi.waitUntil(() => server.requests.at(-1)?.state === 'closed-by-client');
    first.abort();
    await running;
  });
});

describe('thinking', () => {
  it('is off, so that a thinking model answers at once', async () => {
    const ollama = await start({ models: MANY_MODELS, answer: () => 'Yes.' });
    const answer = await collect(ollama.local('qwen3:8b')?.chat(chat('Is it?'), OPTIONS, never()));
    expect(answer).toMatchObject({ text: 'Yes.', end: { usage: { outputTokens: 2 } } });
  });
});

describe('what goes wrong at Ollama has a name', () => {
  const failing = async (status: number, error: string): Promise<Awaited<ReturnType<typeof collect>>> => {
    const ollama = await start();
    await ollama.list();
    server.faults.next({ kind: 'status', status, error });
    return collect(ollama.local('llama3.2:3b')?.chat(chat('Hello'), OPTIONS, never()));
  };
  it.each([
    [500, OUT_OF_MEMORY, 'out-of-memory'],
    [500, 'llama runner process has terminated: cudaMalloc failed: out of memory', 'out-of-memory'],
    [503, 'server busy, please try again.  maximum pending requests exceeded', 'busy'],
    [404, "model 'llama3.2:3b' not found", 'model-missing'],
    [400, 'model is required', 'model-missing'],
    [400, '"llama3.2:3b" does not support insert', 'no-infill'],
    [400, 'the input length exceeds the context length', 'context-too-long'],
    [500, 'something else', 'server'],
  ])('%i "%s" is %s', async (status, error, kind) => {
    expect((await failing(status, error)).error?.kind).toBe(kind);
  });
  it('how much memory is missing is said', async () => {
    expect((await failing(500, OUT_OF_MEMORY)).error?.message).toContain(
      'It needs 5.6 GiB, 3.1 GiB are free.',
    );
  });
  it('running out of memory in mid-stream is told from other errors', async () => {
    const ollama = await start();
    await ollama.list();
    server.faults.next({ kind: 'error-mid', error: 'CUDA error: out of memory' });
    const answer = await collect(ollama.local('llama3.2:3b')?.chat(chat('Hello'), OPTIONS, never()));
    expect(answer.error?.kind).toBe('out-of-memory');
  });
  it('a model that is not installed is missing', async () => {
    const ollama = await start();
    const answer = await collect(ollama.local('starcoder2:3b')?.chat(chat('Hello'), OPTIONS, never()));
    expect(answer.error?.kind).toBe('model-missing');
  });
  it('a prompt longer than the loaded context is refused, not cut', async () => {
    const ollama = await start();
    const answer = await collect(
      ollama.local('llama3.2:3b')?.chat(chat('word '.repeat(10_000)), OPTIONS, never()),
    );
    expect(answer.error?.kind).toBe('context-too-long');
  });
});

describe('probing', () => {
  it('a running server is ready, with its version', async () => {
    expect(await (await start({ version: '0.33.0' })).probe()).toEqual({ kind: 'ready', version: '0.33.0' });
  });
  it('a server that is down is down, in words', async () => {
    const ollama = await start();
    await server.refuse();
    expect(await ollama.probe()).toMatchObject({
      kind: 'down',
      reason: 'Ollama is not running: the connection was refused.',
    });
  });
});

describe('pulling a model', () => {
  it('tells its progress and ends with the model installed', async () => {
    const ollama = await start({ models: [] });
    const shares: number[] = [];
    for await (const { completedBytes, totalBytes } of ollama.pull('qwen2.5-coder:1.5b', never())) {
      if (totalBytes > 0) shares.push(completedBytes / totalBytes);
    }
    expect(shares.at(-1)).toBe(1);
    expect((await ollama.list()).map(({ ref }) => ref.id)).toEqual(['qwen2.5-coder:1.5b']);
  });
  it('can be cancelled, and goes on where it was', async () => {
    const ollama = await start({ models: [], pullStepMs: 1 });
    const cancel = new AbortController();
    let reached = 0;
    const pulling = (async () => {
      for await (const { completedBytes } of ollama.pull('big', cancel.signal)) {
        if ((reached = completedBytes) > 300_000_000) cancel.abort();
      }
    })();
    await expect(pulling).rejects.toMatchObject({ kind: 'cancelled' });
    await server.settled();
    const first: number[] = [];
    for await (const { completedBytes, totalBytes } of ollama.pull('big', never()))
      if (totalBytes > 0) first.push(completedBytes);
    expect(first[0]).toBeGreaterThanOrEqual(reached);
  });
  it('of a name that does not exist says so', async () => {
    const ollama = await start({ library: () => undefined });
    const pulling = (async () => {
      for await (const _progress of ollama.pull('nonsense', never()));
    })();
    await expect(pulling).rejects.toMatchObject({ kind: 'model-missing' });
  });
});

describe('choosing models', () => {
  it('completions get a quick model that fills in, explanations the best other one that fits', async () => {
    const models = await (await start({ models: MANY_MODELS })).list();
    const completer = chooseCompleter(models);
    expect(completer?.model.ref.id).toBe('qwen2.5-coder:1.5b');
    expect(chooseExplainer(models, completer?.model)?.model.ref.id).toBe('qwen2.5-coder:7b');
    expect(chooseExplainer(models, completer?.model, { memoryBytes: 8e9 })?.model.ref.id).toBe('llama3.2:3b');
  });
  it('with one model it does both, and the reason says what that means', async () => {
    const models = await (await start({ models: DEFAULT_MODELS.slice(0, 1) })).list();
    const completer = chooseCompleter(models);
    expect(chooseExplainer(models, completer?.model)).toMatchObject({
      model: { ref: { id: 'qwen2.5-coder:1.5b' } },
      because: expect.stringContaining('ghost text pauses') as string,
    });
  });
  it('with none there is none', () => {
    expect(chooseCompleter([])).toBeUndefined();
    expect(chooseExplainer([], undefined)).toBeUndefined();
    return start();
  });
});
