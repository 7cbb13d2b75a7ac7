import { ModelError } from '../failure';
import { thrownByUs } from '../wire/connection-failure';
import { connect, ollamaError, type OllamaEndpoint } from './client';

export interface PullProgress {
  /** In Ollama's words: "pulling manifest", "verifying sha256 digest". */
  readonly status: string;
  /** Bytes of the layers named so far; the total grows while layers are announced. */
  readonly completedBytes: number;
  readonly totalBytes: number;
}

/** Verifying a large layer says nothing for minutes; longer silence than this is a dead server. In ms. */
const SILENCE_MS = 10 * 60_000;

/**
 * Downloads a model. Ends when it is installed; throws `ModelError`. Aborting, or leaving the loop, closes the
 * request, which stops the download at the server; what has come stays there and the next pull goes on from it.
 */
export async function* pullModel(
  endpoint: OllamaEndpoint,
  model: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress> {
  const own = new AbortController();
  const cancel = (): void => own.abort(new ModelError('cancelled', 'The download was cancelled.'));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const silence = (): NodeJS.Timeout =>
    setTimeout(() => own.abort(new ModelError('timeout', 'The download stands still.')), SILENCE_MS);
  let timer = silence();
  try {
    const { client } = await connect(endpoint, model, own.signal);
    const layers = new Map<string, { total: number; completed: number }>();
    for await (const line of await client.pull({ model, stream: true })) {
      clearTimeout(timer);
      timer = silence();
      if (line.digest)
        layers.set(line.digest, { total: bytes(line.total), completed: bytes(line.completed) });
      const all = [...layers.values()];
      yield {
        status: line.status,
        completedBytes: all.reduce((sum, layer) => sum + layer.completed, 0),
        totalBytes: all.reduce((sum, layer) => sum + layer.total, 0),
      };
    }
  } catch (error) {
    throw own.signal.reason instanceof ModelError ? own.signal.reason : pullFailure(model, error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    own.abort();
  }
}

const bytes = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0);

function pullFailure(model: string, error: unknown): ModelError {
  const text = error instanceof Error ? error.message : '';
  if (/file does not exist|manifest unknown/i.test(text)) {
    return new ModelError('model-missing', `Ollama's library has no model named ${model}.`);
  }
  if (/no space left|not enough space|disk full/i.test(text)) {
    return new ModelError('server', `There is no space left on the disk for ${model}.`);
  }
  if (thrownByUs(error) === undefined && /dial tcp|lookup|no such host|i\/o timeout/i.test(text)) {
    return new ModelError('unreachable', 'Ollama cannot reach its library: is there a network?');
  }
  return ollamaError(model, error);
}
