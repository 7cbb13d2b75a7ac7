import type {
  MessageCreateParamsStreaming,
  MessageParam,
  TextBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import { CloudText } from '../../privacy/cloud-text';
import type { CallOptions, Prompt, PromptPart } from '../model';
import { estimateTokens } from '../tokens';
import { cacheMarks, leastCachedTokens } from './cache-marks';
import type { PrefixPart } from './sent-prefixes';
import { thinkingParams } from './thinking';

interface Part {
  readonly text: string;
  readonly stable: boolean;
}

/**
 * The body of POST /v1/messages. Temperature and the like no longer exist there. `worthCaching` tells how many leading
 * parts are worth a cache mark; all, if absent.
 */
export function messageParams(
  model: string,
  prompt: Prompt<CloudText>,
  options: CallOptions,
  worthCaching: (parts: readonly PrefixPart[]) => number = (parts) => parts.length,
): MessageCreateParamsStreaming {
  const system = prompt.system.map(partOf);
  const turns = prompt.turns.map((turn) => ({ role: turn.role, parts: turn.parts.map(partOf) }));
  const all = [...system, ...turns.flatMap((turn) => turn.parts)];
  const sized = all.map((part) => ({ ...part, tokens: estimateTokens(part.text.length, 'claude') }));
  const candidates = sized.slice(0, worthCaching(sized));
  const marked = new Set(cacheMarks(candidates, leastCachedTokens(model)).map((index) => all[index]));
  const systemBlocks = blocks(system, marked);
  return {
    model,
    max_tokens: options.maxOutputTokens,
    stream: true,
    ...(systemBlocks.length === 0 ? {} : { system: systemBlocks }),
    messages: turns.map((turn): MessageParam => ({ role: turn.role, content: blocks(turn.parts, marked) })),
    ...(options.stop === undefined
      ? {}
      : { stop_sequences: options.stop.filter((stop) => stop.trim() !== '') }),
    ...thinkingParams(model, options.effort),
  };
}

/** The moment of sending: here the text is revealed. */
const partOf = (part: PromptPart<CloudText>): Part => ({
  text: CloudText.reveal(part.text),
  stable: part.stable === true,
});

/** Parts up to a mark become one block: the API refuses blocks of white space, which single parts may be. */
function blocks(parts: readonly Part[], marked: ReadonlySet<Part | undefined>): TextBlockParam[] {
  const out: TextBlockParam[] = [];
  let text = '';
  const flush = (block: Partial<TextBlockParam>): void => {
    if (text.trim() !== '') out.push({ type: 'text', text, ...block });
    text = '';
  };
  for (const part of parts) {
    text += part.text;
    if (marked.has(part)) flush({ cache_control: { type: 'ephemeral' } });
  }
  flush({});
  return out;
}
