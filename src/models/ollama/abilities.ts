import * as z from 'zod';
import { fimTemplateFor } from '../fim-templates';
import type { ModelInfo } from '../provider';
import { runsInCloud } from './cloud';

const Details = z
  .object({
    family: z.string().optional(),
    parameter_size: z.string().optional(),
    quantization_level: z.string().optional(),
    context_length: z.number().optional(),
  })
  .nullish();

const Remote = { remote_host: z.string().nullish(), remote_model: z.string().nullish() };

/** One model of GET /api/tags; older servers give no capabilities here. */
export const TaggedModel = z.object({
  name: z.string(),
  size: z.number().optional(),
  details: Details,
  capabilities: z.array(z.string()).nullish(),
  ...Remote,
});

export const Tags = z.object({ models: z.array(TaggedModel).nullish() });

/** The parts of POST /api/show that are used. */
export const Show = z.object({
  details: Details,
  capabilities: z.array(z.string()).nullish(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
  ...Remote,
});

/** What is known of an installed model, from either answer. */
export interface OllamaModelInfo extends ModelInfo {
  /** The server's own template takes a `suffix`. */
  readonly insert: boolean;
}

export function modelInfo(
  name: string,
  tagged: z.infer<typeof TaggedModel> | undefined,
  shown: z.infer<typeof Show> | undefined,
): OllamaModelInfo {
  const capabilities = shown?.capabilities ?? tagged?.capabilities ?? [];
  const details = shown?.details ?? tagged?.details;
  const insert = capabilities.includes('insert');
  const cloud = runsInCloud(name, tagged) || runsInCloud(name, shown);
  const contextTokens = details?.context_length ?? contextLength(shown?.model_info);
  return {
    ref: { provider: 'ollama', id: name, place: cloud ? 'cloud' : 'local' },
    displayName: name,
    ...(tagged?.size === undefined ? {} : { sizeBytes: tagged.size }),
    ...(details?.parameter_size ? { parameters: details.parameter_size } : {}),
    ...(details?.quantization_level ? { quantization: details.quantization_level } : {}),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    abilities: {
      // Servers before 0.6 name no capabilities; a model there that is no embedding model can chat.
      chat: capabilities.length === 0 ? !/embed|bge|minilm/i.test(name) : capabilities.includes('completion'),
      infill: !cloud && (insert || fimTemplateFor(name) !== undefined),
      thinking: capabilities.includes('thinking'),
    },
    insert,
  };
}

/** `model_info` keys begin with the architecture: `qwen2.context_length`. */
function contextLength(info: Record<string, unknown> | null | undefined): number | undefined {
  for (const [key, value] of Object.entries(info ?? {})) {
    if (key.endsWith('.context_length') && typeof value === 'number') return value;
  }
  return undefined;
}
