import type { Answer, AnswerToken } from './question';
import { tokenize } from './tokenize';

/** An answer cut at its stop texts and its limit of tokens, as the real servers do. */
export class LimitedAnswer {
  /** Tokens given out so far. */
  count = 0;
  /** Why it ended; right once `tokens` has been read to its end. */
  end: 'stop' | 'length' = 'stop';

  constructor(
    private readonly answer: Answer,
    private readonly limits: { readonly maxTokens: number; readonly stop: readonly string[] },
  ) {}

  async *tokens(): AsyncGenerator<AnswerToken> {
    const { answer, limits } = this;
    const tokens = answer.tokens ?? tokenize(beforeStop(answer.text, limits.stop)).map((text) => ({ text }));
    for await (const token of tokens) {
      if (this.count >= limits.maxTokens) {
        this.end = 'length';
        return;
      }
      this.count += 1;
      yield token;
    }
  }
}

function beforeStop(text: string, stops: readonly string[]): string {
  const ends = stops.map((stop) => text.indexOf(stop)).filter((at) => at !== -1);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}
