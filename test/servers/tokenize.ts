/** Splits text roughly as a tokenizer would: short pieces of words with their leading space, single signs, runs of white space. */
export const tokenize = (text: string): readonly string[] =>
  text.match(/ ?[\p{L}\p{N}_]{1,5}|\s+|[^\s\p{L}\p{N}_]/gu) ?? [];

/** Characters per input token that the servers count; for whole prompts, where splitting them would only cost time. */
const CHARACTERS_PER_TOKEN = 3.2;

export const countTokens = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);
