import type OpenAI from 'openai';
import type { CompletionCreateParamsStreaming } from 'openai/resources/completions';
import { ModelError } from '../failure';
import { fimTemplateFor, renderFim } from '../fim-templates';
import type { CallOptions, Finish, InfillPrompt, TokenLogprob } from '../model';
import { NO_USAGE, type Timings, type Usage } from '../usage';
import { apiErrorFields } from '../wire/api-error';
import type { Piece } from '../wire/streamed-call';
import { usageOf, type Meter } from './chat';

/** Whether the server has llama.cpp's `/infill`; found out by the first completion. */
export interface InfillSupport {
  llamaCpp: 'unknown' | 'yes' | 'no';
}

/** One event of llama.cpp's `/infill` (its server's README). */
interface InfillEvent {
  readonly content?: string;
  readonly stop?: boolean;
  readonly stop_type?: string;
  readonly tokens_predicted?: number;
  readonly tokens_evaluated?: number;
  readonly timings?: { readonly prompt_ms?: number; readonly predicted_ms?: number };
  readonly completion_probabilities?: readonly { readonly token?: string; readonly logprob?: number }[];
}

/** True where the server says that it has no such route, or the model no such tokens. */
const hasNoInfill = (error: unknown): boolean => [404, 405, 501].includes(apiErrorFields(error)?.status ?? 0);

/** Fills in the middle by `/infill` where the server has it, else by a raw completion. */
export async function* readInfill(
  client: OpenAI,
  root: string,
  model: string,
  prompt: InfillPrompt,
  options: CallOptions,
  signal: AbortSignal,
  meter: Meter,
  support: InfillSupport,
  estimate: () => Usage,
): AsyncGenerator<Piece> {
  if (support.llamaCpp !== 'no') {
    try {
      yield* llamaCppInfill(client, root, prompt, options, signal, support);
      return;
    } catch (error) {
      if (support.llamaCpp === 'yes' || !hasNoInfill(error)) throw error;
      support.llamaCpp = 'no';
    }
  }
  yield* rawCompletion(client, model, prompt, options, signal, meter, estimate);
}

async function* llamaCppInfill(
  client: OpenAI,
  root: string,
  prompt: InfillPrompt,
  options: CallOptions,
  signal: AbortSignal,
  support: InfillSupport,
): AsyncGenerator<Piece> {
  const body = {
    input_prefix: prompt.prefix,
    input_suffix: prompt.suffix,
    input_extra: prompt.context.map((file) => ({ filename: file.path, text: file.text })),
    prompt: '',
    n_predict: options.maxOutputTokens,
    cache_prompt: true,
    stream: true,
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.stop === undefined ? {} : { stop: options.stop }),
    ...(options.logprobs === true ? { n_probs: 1 } : {}),
  };
  const events = await client.post<AsyncIterable<InfillEvent>>(`${root}/infill`, {
    body,
    stream: true,
    signal,
  });
  support.llamaCpp = 'yes';
  for await (const event of events) {
    const logprobs = logprobsOf(event);
    if (event.content)
      yield { type: 'text', text: event.content, ...(logprobs.length === 0 ? {} : { logprobs }) };
    if (event.stop === true) {
      const usage = {
        ...NO_USAGE,
        inputTokens: event.tokens_evaluated ?? 0,
        outputTokens: event.tokens_predicted ?? 0,
      };
      yield {
        type: 'end',
        finish: event.stop_type === 'limit' ? 'length' : 'stop',
        usage,
        timings: timingsOf(event),
      };
    }
  }
}

const logprobsOf = (event: InfillEvent): TokenLogprob[] =>
  (event.completion_probabilities ?? []).flatMap(({ token, logprob }) =>
    token === undefined || logprob === undefined ? [] : [{ token, logprob }],
  );

function timingsOf({ timings }: InfillEvent): Partial<Timings> {
  return {
    ...(timings?.prompt_ms === undefined ? {} : { promptEvalMs: timings.prompt_ms }),
    ...(timings?.predicted_ms === undefined ? {} : { generateMs: timings.predicted_ms }),
  };
}

/** `/v1/completions` with the family's own tokens, or with `suffix` for a server that knows its model's. */
async function* rawCompletion(
  client: OpenAI,
  model: string,
  prompt: InfillPrompt,
  options: CallOptions,
  signal: AbortSignal,
  meter: Meter,
  estimate: () => Usage,
): AsyncGenerator<Piece> {
  const template = fimTemplateFor(model);
  const text = template === undefined ? prompt.prefix : renderFim(template, prompt);
  const stop = [...(template?.stop ?? []), ...(options.stop ?? [])];
  const params: CompletionCreateParamsStreaming = {
    model,
    prompt: text,
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: options.maxOutputTokens,
    ...(template === undefined ? { suffix: prompt.suffix } : {}),
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(stop.length === 0 ? {} : { stop }),
    ...(options.logprobs === true ? { logprobs: 1 } : {}),
  };
  let finish: Finish | undefined;
  try {
    for await (const chunk of await client.completions.create(params, { signal })) {
      if (chunk.usage) meter.usage = usageOf(chunk.usage);
      const choice = chunk.choices[0];
      if (choice === undefined) continue;
      const { tokens, token_logprobs: values } = choice.logprobs ?? {};
      const logprobs = (tokens ?? []).map((token, index) => ({ token, logprob: values?.[index] ?? 0 }));
      if (choice.text !== '')
        yield { type: 'text', text: choice.text, ...(logprobs.length === 0 ? {} : { logprobs }) };
      // Null while the answer runs, whatever the types say.
      const reason = choice.finish_reason as string | null;
      if (reason !== null) finish = reason === 'length' ? 'length' : 'stop';
    }
  } catch (error) {
    // A server that takes chats only, or a model that takes no suffix.
    const status = apiErrorFields(error)?.status;
    if (hasNoInfill(error) || (status === 400 && template === undefined)) {
      throw new ModelError('no-infill', `${model} cannot fill in the middle on this server.`, {
        status: status ?? 501,
      });
    }
    throw error;
  }
  if (finish !== undefined) yield { type: 'end', finish, usage: meter.usage ?? estimate() };
}
