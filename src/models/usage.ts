/** Tokens of one model call, by kind. Each token is counted in exactly one of the input kinds. */
export interface Usage {
  /** Input tokens processed anew, neither read from nor written to a prompt cache. */
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  /** Written to the provider's prompt cache with a life of five minutes. */
  readonly cacheWrite5mTokens: number;
  /** Written to the provider's prompt cache with a life of one hour. */
  readonly cacheWrite1hTokens: number;
  /** All output tokens, thinking included. */
  readonly outputTokens: number;
  /** The part of `outputTokens` that was thinking. */
  readonly thinkingTokens: number;
  /** True where the provider's own count did not arrive (aborted, cut off) and this is our estimate. */
  readonly estimated: boolean;
}

export const NO_USAGE: Usage = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  thinkingTokens: 0,
  estimated: false,
};

/** Where the time of one call went, in milliseconds; absent where the provider does not say. */
export interface Timings {
  /** From sending to the first text; absent when none came. */
  readonly firstTokenMs?: number;
  readonly totalMs: number;
  /** Loading the model's weights. */
  readonly loadMs?: number;
  readonly promptEvalMs?: number;
  readonly generateMs?: number;
}
