/** A model the server pretends to have. */
export interface ServedModel {
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly sizeBytes: number;
  readonly family: string;
  readonly parameters: string;
  readonly quantization: string;
  readonly contextLength: number;
  /** Set for a pointer into Ollama's cloud. */
  readonly remoteHost?: string;
  readonly remoteModel?: string;
}

const GB = 1_000_000_000;

function model(
  name: string,
  family: string,
  parameters: string,
  sizeGb: number,
  capabilities: readonly string[],
  contextLength = 32_768,
): ServedModel {
  return {
    name,
    family,
    parameters,
    sizeBytes: Math.round(sizeGb * GB),
    quantization: 'Q4_K_M',
    capabilities,
    contextLength,
  };
}

/** What somebody who codes with Ollama has installed; sizes as on its library's pages. */
export const DEFAULT_MODELS: readonly ServedModel[] = [
  model('qwen2.5-coder:1.5b', 'qwen2', '1.5B', 0.986, ['completion', 'tools', 'insert']),
  model('qwen2.5-coder:7b', 'qwen2', '7.6B', 4.7, ['completion', 'tools', 'insert']),
  model('llama3.2:3b', 'llama', '3.2B', 2.0, ['completion', 'tools'], 131_072),
];

/** One of each kind that matters to the client. */
export const MANY_MODELS: readonly ServedModel[] = [
  ...DEFAULT_MODELS,
  model('qwen3-coder:30b', 'qwen3moe', '30.5B', 19, ['completion', 'tools'], 262_144),
  model('starcoder2:3b', 'starcoder2', '3B', 1.7, ['completion'], 16_384),
  model('deepseek-coder:1.3b', 'llama', '1B', 0.776, ['completion'], 16_384),
  model('codellama:7b', 'llama', '7B', 3.8, ['completion'], 16_384),
  model('codegemma:2b', 'gemma', '3B', 1.6, ['completion'], 8192),
  model('codestral:22b', 'llama', '22.2B', 13, ['completion']),
  model('qwen3:8b', 'qwen3', '8.2B', 5.2, ['completion', 'tools', 'thinking'], 40_960),
  model('nomic-embed-text:latest', 'nomic-bert', '137M', 0.274, ['embedding'], 2048),
  {
    ...model('gpt-oss:120b-cloud', 'gptoss', '116.8B', 0.000_4, ['completion', 'tools', 'thinking']),
    remoteHost: 'https://ollama.com:443',
    remoteModel: 'gpt-oss:120b',
  },
];

export function detailsOf(served: ServedModel): Record<string, unknown> {
  return {
    parent_model: '',
    format: 'gguf',
    family: served.family,
    families: [served.family],
    parameter_size: served.parameters,
    quantization_level: served.quantization,
  };
}

export function tagOf(served: ServedModel, withCapabilities: boolean): Record<string, unknown> {
  return {
    name: served.name,
    model: served.name,
    modified_at: '2026-11-01T10:00:00.000000000Z',
    size: served.sizeBytes,
    digest: digestOf(served.name),
    details: detailsOf(served),
    ...(withCapabilities ? { capabilities: served.capabilities } : {}),
    ...(served.remoteHost === undefined
      ? {}
      : { remote_host: served.remoteHost, remote_model: served.remoteModel }),
  };
}

export function showOf(served: ServedModel): Record<string, unknown> {
  return {
    license: '',
    modelfile: '',
    parameters: '',
    template: '',
    details: detailsOf(served),
    model_info: {
      'general.architecture': served.family,
      [`${served.family}.context_length`]: served.contextLength,
    },
    capabilities: served.capabilities,
    modified_at: '2026-11-01T10:00:00.000000000Z',
    ...(served.remoteHost === undefined
      ? {}
      : { remote_host: served.remoteHost, remote_model: served.remoteModel }),
  };
}

/** Looks like a digest; nothing checks it. */
export const digestOf = (name: string): string =>
  Buffer.from(name.padEnd(32, '0')).toString('hex').slice(0, 64);
