/** Control tokens of the families, written down independently of the templates under test: before, after, and end. */
const FAMILIES: readonly {
  readonly prefix: string;
  readonly suffix: string;
  readonly middle: string;
  readonly suffixFirst?: true;
}[] = [
  { prefix: '<|fim_prefix|>', suffix: '<|fim_suffix|>', middle: '<|fim_middle|>' },
  { prefix: '<fim_prefix>', suffix: '<fim_suffix>', middle: '<fim_middle>' },
  { prefix: '<｜fim▁begin｜>', suffix: '<｜fim▁hole｜>', middle: '<｜fim▁end｜>' },
  { prefix: '<PRE> ', suffix: ' <SUF>', middle: ' <MID>' },
  { prefix: '[PREFIX]', suffix: '[SUFFIX]', middle: '', suffixFirst: true },
];

/** Takes a raw fill-in-the-middle prompt apart; undefined where it is none. */
export function parseFimPrompt(
  raw: string,
): { readonly prefix: string; readonly suffix: string } | undefined {
  for (const family of FAMILIES) {
    const prefixAt = raw.indexOf(family.prefix);
    const suffixAt = raw.indexOf(family.suffix);
    if (prefixAt === -1 || suffixAt === -1) continue;
    if (family.suffixFirst === true) {
      return {
        suffix: raw.slice(suffixAt + family.suffix.length, prefixAt),
        prefix: raw.slice(prefixAt + family.prefix.length),
      };
    }
    const middleAt = raw.lastIndexOf(family.middle);
    if (middleAt < suffixAt) continue;
    return {
      prefix: raw.slice(prefixAt + family.prefix.length, suffixAt),
      suffix: raw.slice(suffixAt + family.suffix.length, middleAt),
    };
  }
  return undefined;
}
