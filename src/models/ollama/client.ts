import type { Ollama } from 'ollama';
import { connectionFailure, thrownByUs } from '../wire/connection-failure';
import { Wire } from '../wire/guarded-fetch';
import { question, type QuestionLimits } from '../wire/question';
import { ModelError } from '../failure';
import { errorText, ollamaFailure } from './failure';
import { lineCheck } from './lines';

/** Where Ollama listens when nobody says otherwise (its own default). */
export const DEFAULT_OLLAMA_HOST = 'http://127.0.0.1:11434';

export interface OllamaEndpoint {
  /** With scheme and port; not read from OLLAMA_HOST here, the caller decides. */
  readonly host: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OllamaConnection {
  readonly client: Ollama;
  readonly wire: Wire;
}

/**
 * A client for one call. One client a call because the package knows no signal per request: its `abort()` ends
 * all streams of a client, and none before the first chunk. The `fetch` it is given ends exactly this one.
 */
export async function connect(
  endpoint: OllamaEndpoint,
  model: string,
  signal: AbortSignal,
  onBytes?: () => void,
): Promise<OllamaConnection> {
  // Loaded with the first request, not with the extension.
  const { Ollama } = await import('ollama');
  const wire = new Wire(signal, {
    server: 'Ollama',
    streamTypes: ['application/x-ndjson', 'application/json'],
    line: lineCheck(),
    refused: (status, _headers, body) => ollamaFailure(model, status, errorText(body)),
    ...(onBytes === undefined ? {} : { onBytes }),
  });
  const client = new Ollama({ host: endpoint.host, fetch: wire.fetch, headers: { ...endpoint.headers } });
  return { client, wire };
}

/** What an error out of the package means. */
export function ollamaError(model: string, error: unknown): ModelError {
  const own = thrownByUs(error);
  if (own !== undefined) return own;
  if (error instanceof TypeError || hasCode(error)) return connectionFailure(error, 'Ollama');
  if (error instanceof SyntaxError)
    return new ModelError('protocol', 'Ollama sent something that is not JSON.');
  if (error instanceof Error && error.message.startsWith('Did not receive done')) {
    return new ModelError('protocol', 'The answer of Ollama was cut off.');
  }
  // What is left is the package's plain Error with the text of an error line.
  return ollamaFailure(model, undefined, error instanceof Error ? error.message : '');
}

const hasCode = (error: unknown): boolean => error instanceof Error && 'code' in error;

/** One short question to the server; throws `ModelError`. */
export const ask = <Answer>(
  endpoint: OllamaEndpoint,
  model: string,
  limits: QuestionLimits,
  request: (client: Ollama) => Promise<Answer>,
): Promise<Answer> =>
  question(
    'Ollama',
    limits,
    async (signal) => request((await connect(endpoint, model, signal)).client),
    (error) => ollamaError(model, error),
  );
