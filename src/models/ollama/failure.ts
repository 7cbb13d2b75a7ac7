import { ModelError } from '../failure';

/**
 * How llama.cpp and the GPU libraries say "out of memory"; Ollama passes it on with status 500 and no code of its
 * own. From Ollama's llm/status.go, and the words of its scheduler ("requires more system memory").
 */
const OUT_OF_MEMORY =
  /out of memory|cudaMalloc failed|failed to allocate|not enough memory|insufficient memory|requires more system memory|unable to allocate|ErrorOutOfDeviceMemory|cannot allocate memory/i;
const CONTEXT_TOO_LONG =
  /exceeds? the (?:available |maximum )?context|context length exceeded|exceed_context_size/i;
const NO_INFILL = /does not support insert/i;
const NO_CHAT = /does not support (?:chat|generate|completion)/i;
/** The only figures worth repeating from the server's own words: "(5.6 GiB) than is available (3.1 GiB)". */
const GIBIBYTES = /\((\d+(?:\.\d+)? [KMG]iB)\) than is available \((\d+(?:\.\d+)? [KMG]iB)\)/;

/**
 * What an error of the Ollama server means. `status` is absent for an error line in mid-stream.
 * The server's text is matched, never repeated: it may hold parts of the prompt.
 */
export function ollamaFailure(model: string, status: number | undefined, text: string): ModelError {
  const fail = (kind: ModelError['kind'], message: string): ModelError =>
    new ModelError(kind, message, status === undefined ? {} : { status });

  if (OUT_OF_MEMORY.test(text)) {
    const sizes = GIBIBYTES.exec(text);
    const needs = sizes === null ? '' : ` It needs ${sizes[1] ?? '?'}, ${sizes[2] ?? '?'} are free.`;
    return fail('out-of-memory', `There is not enough memory to run ${model}.${needs}`);
  }
  if (CONTEXT_TOO_LONG.test(text)) {
    return fail('context-too-long', `The prompt is longer than the context ${model} was loaded with.`);
  }
  if (NO_INFILL.test(text)) return fail('no-infill', `${model} cannot fill in the middle.`);
  if (NO_CHAT.test(text)) return fail('invalid-request', `${model} cannot chat.`);
  // An unresolvable name may come back from /api/chat as "model is required" with status 400.
  if (status === 404 || /model is required|model .* not found|try pulling it/i.test(text)) {
    return fail('model-missing', `${model} is not installed in Ollama.`);
  }
  switch (status) {
    case 400:
      return fail('invalid-request', `Ollama did not accept the request for ${model} (400).`);
    case 401:
      return fail('bad-key', 'Ollama asks for a sign-in: this model runs in its cloud (401).');
    case 403:
      return fail(
        'forbidden',
        'Ollama does not allow this: its cloud is switched off, or the host name is (403).',
      );
    case 429:
      return fail('rate-limited', 'Ollama limits the rate of requests (429).');
    case 499:
      return fail('server', 'Ollama gave the request up (499).');
    case 502:
      return fail('unreachable', "Ollama's cloud cannot be reached (502).");
    case 503:
      return fail('busy', "Ollama's queue is full (503).");
    default:
      return fail(
        'server',
        `Ollama failed${status === undefined ? ' in the middle of the answer' : ` (${status})`}.`,
      );
  }
}

/** The `error` of an Ollama error document, or the text itself where it is none. */
export function errorText(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      'error' in parsed &&
      typeof parsed.error === 'string'
    ) {
      return parsed.error;
    }
  } catch {
    // A proxy's HTML or plain text: matched as it is.
  }
  return body;
}
