/** What `npm start` finds on the machine, and what to do for what is missing, in plain words. */
export interface Findings {
  readonly lines: readonly string[];
  /** Where Ollama is, or would be. */
  readonly ollamaEndpoint: string;
  /** It answers, and has at least one model. */
  readonly ollamaHasModels: boolean;
}

const DEFAULT_ENDPOINT = 'http://127.0.0.1:11434';
const SMALL_MODEL = 'qwen2.5-coder:1.5b';
/** Long enough for a server on the local network, short enough not to hold up the start. */
const ANSWER_MS = 2_000;

export async function lookAround(env: NodeJS.ProcessEnv): Promise<Findings> {
  const ollamaEndpoint = endpointFrom(env['OLLAMA_HOST']);
  const models = await modelsAt(ollamaEndpoint);
  return {
    ollamaEndpoint,
    ollamaHasModels: models !== undefined && models.length > 0,
    lines: [...(await ollamaLines(ollamaEndpoint, models)), keyLine(env)],
  };
}

/**
 * `OLLAMA_HOST` as Ollama itself reads it: scheme and port may be missing. An address to listen on
 * (`0.0.0.0`) is none to call.
 */
export function endpointFrom(host: string | undefined): string {
  if (!host?.trim()) return DEFAULT_ENDPOINT;
  const given = host.trim();
  let url: URL;
  try {
    url = new URL(given.includes('://') ? given : `http://${given}`);
  } catch {
    return DEFAULT_ENDPOINT;
  }
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  // A scheme brings its own port, a bare host Ollama's.
  if (url.port === '' && !given.includes('://')) url.port = '11434';
  return url.href.replace(/\/$/, '');
}

/** Undefined where nobody answers. */
async function modelsAt(endpoint: string): Promise<readonly Model[] | undefined> {
  try {
    const response = await fetch(`${endpoint}/api/tags`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return ((await response.json()) as { models?: readonly Model[] }).models ?? [];
  } catch {
    return undefined;
  }
}

async function ollamaLines(
  endpoint: string,
  models: readonly Model[] | undefined,
): Promise<readonly string[]> {
  if (models === undefined) {
    return [
      `✗ Ollama does not answer at ${endpoint}.`,
      `  Get it from https://ollama.com/download and start it; then run: ollama pull ${SMALL_MODEL}`,
      '  Until then the engine inside answers local requests.',
    ];
  }
  if (models.length === 0) {
    return [`✗ Ollama answers at ${endpoint}, but has no model. Run: ollama pull ${SMALL_MODEL}`];
  }
  const names = models.map(({ name, size }) => `${name} (${(size / 1e9).toFixed(1)} GB)`);
  const more = names.length > 5 ? `, and ${names.length - 5} more` : '';
  return [
    `✓ Ollama at ${endpoint} with ${names.slice(0, 5).join(', ')}${more}.`,
    ...(await infillLines(endpoint, models)),
  ];
}

interface Model {
  readonly name: string;
  readonly size: number;
}

/** Ghost text needs a model that can fill in the middle; Ollama calls that ability `insert`. */
async function infillLines(endpoint: string, models: readonly Model[]): Promise<readonly string[]> {
  const able = await Promise.all(models.slice(0, 20).map(({ name }) => canInsert(endpoint, name)));
  if (able.includes(true)) return [];
  return [`  None of them says that it can complete code. For ghost text run: ollama pull ${SMALL_MODEL}`];
}

async function canInsert(endpoint: string, model: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/api/show`, {
      method: 'POST',
      body: JSON.stringify({ model }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { capabilities } = (await response.json()) as { capabilities?: readonly string[] };
    return capabilities?.includes('insert') ?? false;
  } catch {
    return false;
  }
}

function keyLine(env: NodeJS.ProcessEnv): string {
  if (env['ANTHROPIC_API_KEY']) {
    return '✓ A Claude key in ANTHROPIC_API_KEY. Switchyard asks you before it uses it.';
  }
  return (
    '✗ No Claude key. Make one at https://platform.claude.com and run "Switchyard: Enter Claude Key" ' +
    'in VS Code; without one everything runs on local models.'
  );
}
