import type { Options } from 'ollama';
import type { CallOptions } from '../model';

/** How one model is loaded. Whatever stands here goes with every request to that model, unchanged. */
export interface OllamaLoad {
  /** Tokens of context the model is loaded with (`num_ctx`). */
  readonly contextTokens: number;
  /** How long it stays loaded after a request: seconds, or a duration in Go's words. */
  readonly keepAlive: string | number;
}

/**
 * 8k tokens hold the context of any completion and of an explanation of some 500 lines; a 7B model's cache for it
 * is about half a gigabyte. Half an hour outlasts a coffee; Ollama's own five minutes do not.
 */
export const DEFAULT_LOAD: OllamaLoad = { contextTokens: 8192, keepAlive: '30m' };

/**
 * The options of a request. Ollama reloads a model (seconds) when an option that shapes its process differs from the
 * request before: `num_ctx`, `num_batch`, `num_gpu`, `main_gpu`, `use_mmap`, `num_thread`, `draft_num_predict`. Of
 * these only `num_ctx` is sent, always the same for a model, by every task and by the preloading too. The rest here is
 * sampling, and free to change.
 */
export function requestOptions(load: OllamaLoad, call: CallOptions): Partial<Options> {
  return {
    num_ctx: load.contextTokens,
    num_predict: call.maxOutputTokens,
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
    ...(call.seed === undefined ? {} : { seed: call.seed }),
    ...(call.stop === undefined ? {} : { stop: [...call.stop] }),
  };
}
