import type { ModelInfo } from '../provider';

/** A model with the reason for it, in words for the user. */
export interface Choice<Info extends ModelInfo = ModelInfo> {
  readonly model: Info;
  readonly because: string;
}

export interface Hardware {
  /** Bytes of memory a model may use: the GPU's where there is one, else the machine's. */
  readonly memoryBytes?: number;
}

/** Share of the memory that models may fill: the editor, the browser and the context need the rest. */
const MEMORY_SHARE = 0.6;
/** Weights under this answer between keystrokes on a laptop without a GPU (some 4B at 4 bits). In bytes. */
const QUICK_BYTES = 2.6e9;
/** Above this a laptop explains slower than one reads. In bytes. */
const LARGE_BYTES = 12e9;

/** Families trained to fill in the middle, the better first (by published FIM benchmarks: Qwen2.5-Coder report, table 4). */
const COMPLETERS: readonly RegExp[] = [
  /qwen-?2\.?5-?coder/,
  /codestral/,
  /qwen-?3-?coder/,
  /starcoder-?2/,
  /deepseek-?coder/,
  /codegemma/,
  /code-?llama/,
];
/** Families that explain code well for their size. Base models (`-base`) continue text and do not answer. */
const EXPLAINERS: readonly RegExp[] = [
  /qwen-?3(\.\d)?-?coder/,
  /qwen-?2\.?5-?coder/,
  /qwen-?3/,
  /gpt-oss/,
  /gemma-?[34]/,
  /devstral|codestral|mistral/,
  /llama-?3/,
  /deepseek/,
  /phi-?[45]/,
];

const rank = (families: readonly RegExp[], info: ModelInfo): number => {
  const at = families.findIndex((family) => family.test(info.ref.id.toLowerCase()));
  return at === -1 ? families.length : at;
};
const isBase = (info: ModelInfo): boolean => /[-:]base\b|-code\b/.test(info.ref.id.toLowerCase());
const sizeOf = (info: ModelInfo): number => info.sizeBytes ?? QUICK_BYTES;
const gigabytes = (info: ModelInfo): string => `${(sizeOf(info) / 1e9).toFixed(1)} GB`;

/**
 * The model for completions: one that fills in the middle, quick before good. Among the quick ones the best family
 * and then the largest; if none is quick, the smallest.
 */
export function chooseCompleter<Info extends ModelInfo>(
  models: readonly Info[],
  hardware: Hardware = {},
): Choice<Info> | undefined {
  const able = models.filter(
    (info) => info.ref.place === 'local' && info.abilities.infill && fits(info, 0, hardware),
  );
  const quick = able.filter((info) => sizeOf(info) <= QUICK_BYTES);
  const best = quick.sort((a, b) => rank(COMPLETERS, a) - rank(COMPLETERS, b) || sizeOf(b) - sizeOf(a))[0];
  if (best !== undefined) {
    return {
      model: best,
      because: `fills in the middle and is small enough (${gigabytes(best)}) to keep up with typing`,
    };
  }
  const smallest = able.sort((a, b) => sizeOf(a) - sizeOf(b))[0];
  return (
    smallest && {
      model: smallest,
      because: `is the smallest of the installed models that fill in the middle`,
    }
  );
}

/**
 * The model for explanations: the best family that chats and fits into memory beside the completer, up to a size that
 * still answers at reading speed. Another model than the completer where there is one, because Ollama answers one
 * request a model at a time and a long explanation would hold up the ghost text.
 */
export function chooseExplainer<Info extends ModelInfo>(
  models: readonly Info[],
  completer: ModelInfo | undefined,
  hardware: Hardware = {},
): Choice<Info> | undefined {
  const taken = completer === undefined ? 0 : sizeOf(completer);
  const able = models.filter((info) => info.ref.place === 'local' && info.abilities.chat && !isBase(info));
  const others = able.filter(
    (info) => info.ref.id !== completer?.ref.id && fits(info, taken, hardware) && sizeOf(info) <= LARGE_BYTES,
  );
  const best = others.sort((a, b) => quality(b) - quality(a))[0];
  if (best !== undefined) {
    const beside = completer === undefined ? '' : ' and runs beside the completion model';
    return {
      model: best,
      because: `is the most capable installed model (${gigabytes(best)}) that fits${beside}`,
    };
  }
  const same = able.find((info) => info.ref.id === completer?.ref.id);
  const fallback = same ?? able.sort((a, b) => sizeOf(a) - sizeOf(b))[0];
  return (
    fallback && {
      model: fallback,
      because: 'is the only installed model that fits; ghost text pauses while it explains',
    }
  );
}

/** Larger answers better, within reason; a better family is worth about a doubling of size. */
const quality = (info: ModelInfo): number => Math.log2(sizeOf(info)) - rank(EXPLAINERS, info) * 0.4;

const fits = (info: ModelInfo, taken: number, { memoryBytes }: Hardware): boolean =>
  memoryBytes === undefined || sizeOf(info) + taken <= memoryBytes * MEMORY_SHARE;
