import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClaudeProvider } from '../../../src/models/claude/provider';
import type { ModelEvent } from '../../../src/models/model';
import { OllamaProvider } from '../../../src/models/ollama/provider';
import { startClaudeServer } from '../../servers/claude/server';
import type { Fault, Faults } from '../../servers/faults';
import type { HttpServer } from '../../servers/http';
import { startOllamaServer } from '../../servers/ollama/server';
import { chat, cloudChat, collect, never, OPTIONS } from './asking';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** For machines that have more to do. In ms. */
const BUSY = { timeout: 30_000 };

interface Track {
  readonly server: HttpServer & { readonly faults: Faults };
  readonly ask: (signal: AbortSignal) => AsyncIterable<ModelEvent>;
}

const TRACKS: Readonly<Record<string, () => Promise<Track>>> = {
  async Ollama() {
    const server = await startOllamaServer({ answer: () => 'Some words of an answer.' });
    const model = new OllamaProvider({ host: server.url }).local('llama3.2:3b');
    if (model === undefined) throw new Error('no model');
    // The question about the model's place is not what hangs here.
    await collect(model.chat(chat('Hello'), OPTIONS, never()));
    return { server, ask: (signal) => model.chat(chat('Explain.'), OPTIONS, signal) };
  },
  async Claude() {
    const server = await startClaudeServer({ answer: () => 'Some words of an answer.' });
    const apiKey = (): Promise<string> => Promise.resolve('sk-ant-test');
    const model = new ClaudeProvider({ baseURL: server.url, apiKey }).cloud('claude-haiku-5-5');
    return { server, ask: (signal) => model.chat(cloudChat('Explain.'), OPTIONS, signal) };
  },
};

let track: Track;
afterEach(() => track.server.close());

// undici's `fetch` forgets the signal of a call whose Request was collected; the longer an answer, the surer it is.
describe.each(Object.entries(TRACKS))(
  'after the garbage collector ran, cancelling a call to %s',
  (_name, start) => {
    const FAULTS: readonly Fault[] = [{ kind: 'hang-before' }, { kind: 'hang-mid' }, { kind: 'endless' }];
    it.each(FAULTS)(
      'closes its connection ($kind)',
      async (fault) => {
        track = await start();
        track.server.faults.next(fault);
        const cancel = new AbortController();
        const pieces: string[] = [];
        const answer = collect(track.ask(cancel.signal), (piece) => pieces.push(piece));
        await vi.waitUntil(
          () => track.server.open() === 1 && (fault.kind === 'hang-before' || pieces.length > 0),
          BUSY,
        );
        collectGarbage();
        await new Promise((resolve) => setImmediate(resolve));
        collectGarbage();
        cancel.abort();
        expect((await answer).error?.kind).toBe('cancelled');
        await track.server.settled();
        expect(track.server.requests.at(-1)?.state).toBe('closed-by-client');
      },
      BUSY.timeout,
    );
  },
);
