import { expect, it } from 'vitest';
import { ModelError } from '../../../src/models/failure';
import { NO_USAGE, type Usage } from '../../../src/models/usage';
import { streamedCall, type CallSource } from '../../../src/models/wire/streamed-call';
import { HandClock } from '../routing/a-clock';
import { collect, OPTIONS } from './asking';

/** Says a word, then waits for whatever comes; `hungUp` tells whether its connection was closed. */
class OneWord implements CallSource {
  connection: AbortSignal | undefined;

  constructor(private readonly usage: Usage) {}

  async *open(signal: AbortSignal): ReturnType<CallSource['open']> {
    this.connection = signal;
    yield { type: 'text', text: 'word' };
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error('closed'))),
    );
  }

  usageSoFar(): Usage {
    return this.usage;
  }

  failure(): ModelError {
    return new ModelError('unreachable', 'The connection broke.');
  }
}

async function cancelAfterAWord(source: OneWord, clock: HandClock): Promise<ModelError | undefined> {
  const cancel = new AbortController();
  const call = streamedCall(source, OPTIONS, cancel.signal, clock);
  return (await collect(call, () => cancel.abort())).error;
}

it('a call is hung up on as soon as it is cancelled', async () => {
  const source = new OneWord({ ...NO_USAGE, estimated: true });
  expect((await cancelAfterAWord(source, new HandClock()))?.kind).toBe('cancelled');
  expect(source.connection?.aborted).toBe(true);
});

// Hanging up then would look to the provider like an answer that did not arrive, though it is billed as one.
it('a call whose answer is made and counted already may end by itself, but not for long', async () => {
  const clock = new HandClock();
  const source = new OneWord({ ...NO_USAGE, outputTokens: 1 });
  const error = await cancelAfterAWord(source, clock);
  expect(error).toMatchObject({
    kind: 'cancelled',
    detail: { usage: { outputTokens: 1, estimated: false } },
  });
  expect(source.connection?.aborted).toBe(false);
  await clock.turn(1_000);
  expect(source.connection?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});
