import type { Pace } from './question';

/** A 1.5B model on a laptop without a GPU: some 50 tokens a second, a tenth of a second to read a warm prompt. */
export const LIKE_OLLAMA: Pace & { readonly loadMs: number } = {
  firstTokenMs: 100,
  tokenMs: 20,
  loadMs: 800,
};

/** A small Claude model over a good line: half a second to the first token, then about 120 a second. */
export const LIKE_CLAUDE: Pace = { firstTokenMs: 500, tokenMs: 8 };
