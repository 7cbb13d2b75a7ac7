import { ModelError } from '../../../../src/models/failure';
import type { ModelEvent } from '../../../../src/models/model';
import { promise } from '../target';

/** What a call of a model came to. */
interface Read {
  readonly text: string;
  readonly end: string;
}

/** In every answer a seed is made of; no error may repeat it, since errors are shown and logged. */
export const CANARY = 'canary';
/** Nothing is slow here: an answer that takes this long never comes. In ms. */
const NEVER_MS = 4_000;

/**
 * Reads a body as a model's answer, in whatever pieces it comes: always the same text and the same end, and the end is
 * either a count of tokens or an error with a name.
 */
export async function readAnyWay(
  body: Uint8Array,
  contentType: string,
  call: () => AsyncIterable<ModelEvent>,
  random: () => number,
): Promise<void> {
  const whole = await read([body], contentType, call);
  const cut = await read(inPieces(body, random), contentType, call);
  promise(
    JSON.stringify(whole) === JSON.stringify(cut),
    `${JSON.stringify(whole)} in one piece, cut ${JSON.stringify(cut)}`,
  );
}

async function read(
  pieces: readonly Uint8Array[],
  contentType: string,
  call: () => AsyncIterable<ModelEvent>,
): Promise<Read> {
  const real = globalThis.fetch;
  globalThis.fetch = (input) => Promise.resolve(responseTo(input, pieces, contentType));
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the answer never ended')), NEVER_MS);
  });
  try {
    return await Promise.race([toItsEnd(call()), never]);
  } finally {
    clearTimeout(timer);
    globalThis.fetch = real;
  }
}

async function toItsEnd(events: AsyncIterable<ModelEvent>): Promise<Read> {
  let text = '';
  let end: string | undefined;
  try {
    for await (const event of events) {
      promise(end === undefined, 'something came after the end');
      if (event.type === 'text') text += event.text;
      else {
        const { usage } = event;
        const counts = [
          usage.inputTokens,
          usage.cacheReadTokens,
          usage.cacheWrite5mTokens,
          usage.outputTokens,
        ];
        promise(
          counts.every((count) => Number.isFinite(count) && count >= 0),
          'a count that is none',
        );
        end = `${event.finish} ${counts.join(' ')}`;
      }
    }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    promise(!error.message.includes(CANARY), `an error repeats what was answered: ${error.message}`);
    return { text, end: error.kind };
  }
  promise(end !== undefined, 'neither an end nor an error');
  return { text, end };
}

/** Ollama is first asked about the model. */
function responseTo(
  input: string | URL | Request,
  pieces: readonly Uint8Array[],
  contentType: string,
): Response {
  const url = input instanceof Request ? input.url : String(input);
  if (url.endsWith('/api/show'))
    return Response.json({ capabilities: ['completion'], details: {}, model_info: {} });
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      // A copy: readers may keep what they are given.
      else controller.enqueue(new Uint8Array(piece));
    },
  });
  return new Response(body, { headers: { 'content-type': contentType } });
}

function inPieces(body: Uint8Array, random: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < body.length;) {
    const to = at + 1 + Math.floor(random() ** 2 * 900);
    pieces.push(body.subarray(at, to));
    at = to;
  }
  return pieces;
}
