/**
 * Characters (UTF-16 units) per token, for estimates before a provider has counted. Measured values vary with the
 * text: English prose 4 to 4.5, code 2.8 to 3.8. OpenAI's and Anthropic's help pages give 4 and 3.5 for prose; the
 * 5.x Claude tokenizer makes about 30 % more tokens of the same text than the one before (release notes of Sonnet 5),
 * which brings code to about 2.9. Qwen, StarCoder and Llama tokenizers were trained on code: 3.3.
 */
const CHARACTERS_PER_TOKEN: Readonly<Record<string, number>> = {
  claude: 2.9,
  ollama: 3.3,
  openai: 3.5,
  inside: 3.3,
};
const DEFAULT_CHARACTERS_PER_TOKEN = 3.3;

export const charactersPerToken = (provider: string): number =>
  CHARACTERS_PER_TOKEN[provider] ?? DEFAULT_CHARACTERS_PER_TOKEN;

/** Estimated tokens of a text of `characters` UTF-16 units; at least 1 for any text. */
export const estimateTokens = (characters: number, provider: string): number =>
  Math.ceil(characters / charactersPerToken(provider));

/** Ratios outside this range come from tiny prompts or wrong counts, not from a tokenizer. */
const PLAUSIBLE = { least: 1, most: 8 };

/**
 * Learns a model's characters per token from what its provider counted, so that calls which end before the
 * provider counts (aborted, cut off) are estimated by the same tokenizer and the same kind of text.
 */
export class TokenRatio {
  #ratio: number;

  constructor(provider: string) {
    this.#ratio = charactersPerToken(provider);
  }

  get charactersPerToken(): number {
    return this.#ratio;
  }

  /** A prompt of `characters` was `tokens` tokens. The latest counts most: the text changes more than the tokenizer. */
  learn(characters: number, tokens: number): void {
    const seen = characters / tokens;
    if (tokens < 20 || seen < PLAUSIBLE.least || seen > PLAUSIBLE.most) return;
    this.#ratio = seen;
  }

  estimate(characters: number): number {
    return Math.ceil(characters / this.#ratio);
  }
}
