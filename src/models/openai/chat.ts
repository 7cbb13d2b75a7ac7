import type OpenAI from 'openai';
import type {
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { hostName } from '../wire/hosts';
import { ModelError } from '../failure';
import type { CallOptions, Finish, Prompt, PromptPart } from '../model';
import { NO_USAGE, type Usage } from '../usage';
import { countOf } from '../wire/count';
import { RepeatFilter } from '../wire/repeats';
import type { Piece } from '../wire/streamed-call';
import type { OpenAIEndpoint } from './client';

export function chatMessages<Text>(
  prompt: Prompt<Text>,
  reveal: (text: Text) => string,
): ChatCompletionMessageParam[] {
  const join = (parts: readonly PromptPart<Text>[]): string =>
    parts.map((part) => reveal(part.text)).join('');
  const system = join(prompt.system);
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...prompt.turns.map((turn) => ({ role: turn.role, content: join(turn.parts) })),
  ];
}

/** Models of OpenAI's own that think, and take an effort but no temperature. */
const REASONERS = /^(o\d|gpt-[5-9])/;

export function chatParams(
  endpoint: Pick<OpenAIEndpoint, 'baseURL' | 'place'>,
  model: string,
  messages: ChatCompletionMessageParam[],
  options: CallOptions,
): ChatCompletionCreateParamsStreaming {
  // OpenAI itself renamed the limit; the servers that follow its API mostly know the old name only.
  const isOpenAI = hostName(endpoint.baseURL).endsWith('openai.com');
  const thinks = endpoint.place === 'cloud' && REASONERS.test(model);
  const limit = isOpenAI
    ? { max_completion_tokens: options.maxOutputTokens }
    : { max_tokens: options.maxOutputTokens };
  const sampling = { temperature: options.temperature, seed: options.seed };
  return {
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
    ...limit,
    ...(thinks && options.effort !== undefined ? { reasoning_effort: options.effort } : {}),
    ...(thinks ? {} : present(sampling)),
    ...(options.stop === undefined || thinks ? {} : { stop: [...options.stop] }),
    ...(options.logprobs === true && !thinks ? { logprobs: true } : {}),
  };
}

/** The fields that are set. */
const present = <Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>;
  };

/** What is known of a call's tokens while it runs. */
export interface Meter {
  usage: Usage | undefined;
}

/** Reads the chunks of a chat completion. `estimate`: the usage where the server gives none. */
export async function* readChat(
  client: OpenAI,
  params: ChatCompletionCreateParamsStreaming,
  signal: AbortSignal,
  meter: Meter,
  estimate: () => Usage,
): AsyncGenerator<Piece> {
  const repeats = new RepeatFilter();
  let finish: Finish | undefined;
  for await (const chunk of await client.chat.completions.create(params, { signal })) {
    const choice = chunk.choices[0];
    // The first chunk names the role and the last the reason; both come once.
    if (repeats.isCopy(chunk, choice?.delta.role !== undefined || typeof choice?.finish_reason === 'string'))
      continue;
    if (chunk.usage) meter.usage = usageOf(chunk.usage);
    if (choice === undefined) continue;
    if (finish !== undefined && choice.delta.content) {
      throw new ModelError('protocol', 'The server sent its answer out of order.');
    }
    yield* piecesOf(choice);
    if (choice.finish_reason !== null) finish = finishOf(choice.finish_reason);
  }
  if (finish === undefined) return;
  yield { type: 'end', finish, usage: meter.usage ?? estimate() };
}

function* piecesOf(choice: ChatCompletionChunk.Choice): Generator<Piece> {
  const logprobs = choice.logprobs?.content?.map(({ token, logprob }) => ({ token, logprob }));
  // Not in the types: llama.cpp, vLLM and DeepSeek stream thinking under this name.
  if ('reasoning_content' in choice.delta) yield { type: 'thinking' };
  if (choice.delta.content) {
    yield { type: 'text', text: choice.delta.content, ...(logprobs === undefined ? {} : { logprobs }) };
  }
}

function finishOf(reason: string): Finish {
  if (reason === 'length') return 'length';
  return reason === 'content_filter' ? 'refusal' : 'stop';
}

export function usageOf(api: CompletionUsage): Usage {
  const cached = countOf(api.prompt_tokens_details?.cached_tokens);
  return {
    ...NO_USAGE,
    inputTokens: Math.max(0, countOf(api.prompt_tokens) - cached),
    cacheReadTokens: cached,
    outputTokens: countOf(api.completion_tokens),
    thinkingTokens: countOf(api.completion_tokens_details?.reasoning_tokens),
  };
}
