import type { MessageDeltaUsage, Usage as ApiUsage } from '@anthropic-ai/sdk/resources/messages';
import { NO_USAGE, type Usage } from '../usage';
import { countOf } from '../wire/count';

/** The counts of `message_start`: input is final, output has only begun. */
export function usageOfStart(api: ApiUsage): Usage {
  const written = countOf(api.cache_creation_input_tokens);
  const hour = Math.min(written, countOf(api.cache_creation?.ephemeral_1h_input_tokens));
  return {
    ...NO_USAGE,
    inputTokens: countOf(api.input_tokens),
    cacheReadTokens: countOf(api.cache_read_input_tokens),
    // Where the split by life is missing, the life is five minutes: that is what we ask for.
    cacheWrite5mTokens: written - hour,
    cacheWrite1hTokens: hour,
    outputTokens: countOf(api.output_tokens),
  };
}

/** The counts of `message_delta` are totals, not additions; input counts it leaves out are those of the start. */
export function usageOfDelta(start: Usage, api: MessageDeltaUsage): Usage {
  const written = api.cache_creation_input_tokens;
  return {
    ...start,
    inputTokens: api.input_tokens === null ? start.inputTokens : countOf(api.input_tokens, start.inputTokens),
    cacheReadTokens: countOf(api.cache_read_input_tokens, start.cacheReadTokens),
    cacheWrite5mTokens:
      typeof written === 'number'
        ? Math.max(0, written - start.cacheWrite1hTokens)
        : start.cacheWrite5mTokens,
    outputTokens: countOf(api.output_tokens),
    thinkingTokens: countOf(api.output_tokens_details?.thinking_tokens),
    estimated: false,
  };
}

export const totalInput = (usage: Usage): number =>
  usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
