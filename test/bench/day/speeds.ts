import atOnce from './at-once.json';

/**
 * Latencies as published with the routing data (mzelling/rational-llm-cascades): medians over its MMLU items (one
 * output token) and its GSM8K items (about 200 to 260 tokens) give a start and a pace. Nobody has published the same
 * for the Claude 5.5 models; a user's own machine is slower or faster than the hosted model that stands for it.
 */
export interface Speed {
  readonly firstTokenMs: number;
  readonly msPerToken: number;
}

export type SpeedClass = 'localSmall' | 'local' | 'cloudSmall' | 'cloudLarge';
export interface Speeds extends Readonly<Record<SpeedClass, Speed>> {
  /** Share of Switchyard's completions that need no model at the moment they are asked for; see `at-once.json`. */
  readonly completionsAtOnce: number;
}

export const PUBLISHED: Speeds = {
  completionsAtOnce: atOnce.published,
  localSmall: { firstTokenMs: 133, msPerToken: 4.4 }, // llama3.2-3b: 133 ms at 1, 978 ms at 193 tokens
  local: { firstTokenMs: 144, msPerToken: 4.6 }, // llama3.1-8b: 144 ms at 1, 1,062 ms at 202
  cloudSmall: { firstTokenMs: 339, msPerToken: 14.1 }, // gpt-4o-mini: 339 ms at 1, 3,991 ms at 261
  cloudLarge: { firstTokenMs: 357, msPerToken: 19.7 }, // gpt-4o: 357 ms at 1, 5,529 ms at 263
};

/**
 * A local machine as readers report it: Qwen2.5-Coder 1.5B and 7B at 232 and 87 tokens a second on an RTX 5060 Ti
 * (inventivehq.com, "smallest LLM that can code"); half a second for reading a prompt it does not have in its cache.
 */
export const OWN_MACHINE: Speeds = {
  ...PUBLISHED,
  completionsAtOnce: atOnce.ownMachine,
  localSmall: { firstTokenMs: 500, msPerToken: 4.3 },
  local: { firstTokenMs: 500, msPerToken: 11.5 },
};

export const wholeMs = ({ firstTokenMs, msPerToken }: Speed, tokens: number): number =>
  firstTokenMs + msPerToken * Math.max(0, tokens - 1);
