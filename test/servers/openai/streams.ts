import { fieldsOf, numberOf, textsOf, type Fields } from '../fields';
import { LimitedAnswer } from '../limits';
import { logprobOf, type Answer, type AnswerToken, type Pace } from '../question';
import type { Frame } from '../stream';

const data = (body: Fields, kind: Frame['kind'], afterMs = 0): Frame => ({
  bytes: `data: ${JSON.stringify(body)}\n\n`,
  kind,
  afterMs,
});
const DONE: Frame = { bytes: 'data: [DONE]\n\n', kind: 'end' };

interface Shape {
  readonly first?: Fields;
  readonly text: (token: AnswerToken, logprob: number) => Fields;
  readonly last: (end: 'stop' | 'length', tokens: number) => readonly Fields[];
  readonly done: boolean;
}

async function* frames(
  answer: Answer,
  limits: { maxTokens: number; stop: readonly string[] },
  pace: Pace,
  shape: Shape,
): AsyncGenerator<Frame> {
  if (shape.first !== undefined) yield data(shape.first, 'start', pace.firstTokenMs);
  const limit = new LimitedAnswer(answer, limits);
  for await (const token of limit.tokens()) {
    const first = limit.count === 1 && shape.first === undefined;
    const logprob = logprobOf(answer, token, limit.count - 1);
    yield data(shape.text(token, logprob), 'text', first ? pace.firstTokenMs : pace.tokenMs);
  }
  for (const body of shape.last(limit.end, limit.count)) yield data(body, 'end');
  if (shape.done) yield DONE;
}

const usageOf = (promptTokens: number, tokens: number): Fields => ({
  prompt_tokens: promptTokens,
  completion_tokens: tokens,
  total_tokens: promptTokens + tokens,
});

const wantsUsage = (body: Fields): boolean => fieldsOf(body['stream_options'])['include_usage'] === true;

/** Chunks of `/v1/chat/completions`. */
export function chatFrames(
  id: string,
  answer: Answer,
  body: Fields,
  promptTokens: number,
  pace: Pace,
): AsyncGenerator<Frame> {
  const base = { id, object: 'chat.completion.chunk', created: 1_790_000_000, model: body['model'] };
  const choice = (delta: Fields, finish: string | null, logprobs: unknown = null): Fields => ({
    ...base,
    choices: [{ index: 0, delta, logprobs, finish_reason: finish }],
  });
  const maxTokens = numberOf(body['max_tokens'] ?? body['max_completion_tokens'], Infinity);
  return frames(answer, { maxTokens, stop: textsOf(body['stop']) }, pace, {
    first: choice({ role: 'assistant', content: '' }, null),
    text: ({ text }, logprob) =>
      choice(
        { content: text },
        null,
        body['logprobs'] === true ? { content: [{ token: text, logprob, top_logprobs: [] }] } : null,
      ),
    last: (end, tokens) => [
      choice({}, answer.finish === 'refusal' ? 'content_filter' : end),
      ...(wantsUsage(body) ? [{ ...base, choices: [], usage: usageOf(promptTokens, tokens) }] : []),
    ],
    done: true,
  });
}

/** Chunks of `/v1/completions`. */
export function completionFrames(
  id: string,
  answer: Answer,
  body: Fields,
  promptTokens: number,
  pace: Pace,
): AsyncGenerator<Frame> {
  const base = { id, object: 'text_completion', created: 1_790_000_000, model: body['model'] };
  const choice = (text: string, finish: string | null, logprobs: unknown = null): Fields => ({
    ...base,
    choices: [{ index: 0, text, logprobs, finish_reason: finish }],
  });
  return frames(answer, { maxTokens: numberOf(body['max_tokens'], 16), stop: textsOf(body['stop']) }, pace, {
    text: ({ text }, logprob) =>
      choice(
        text,
        null,
        body['logprobs'] === undefined
          ? null
          : { tokens: [text], token_logprobs: [logprob], text_offset: [0], top_logprobs: null },
      ),
    last: (end, tokens) => [
      choice('', end),
      ...(wantsUsage(body) ? [{ ...base, choices: [], usage: usageOf(promptTokens, tokens) }] : []),
    ],
    done: true,
  });
}

/** Events of llama.cpp's `/infill`; it ends without `[DONE]`. */
export function infillFrames(
  answer: Answer,
  body: Fields,
  promptTokens: number,
  pace: Pace,
): AsyncGenerator<Frame> {
  const limits = { maxTokens: numberOf(body['n_predict'], Infinity), stop: textsOf(body['stop']) };
  return frames(answer, limits, pace, {
    text: ({ text }, logprob) => ({
      index: 0,
      content: text,
      stop: false,
      ...(numberOf(body['n_probs'], 0) > 0
        ? { completion_probabilities: [{ token: text, logprob, top_logprobs: [] }] }
        : {}),
    }),
    last: (end, tokens) => [
      {
        index: 0,
        content: '',
        stop: true,
        stop_type: end === 'length' ? 'limit' : 'eos',
        tokens_predicted: tokens,
        tokens_evaluated: promptTokens,
        timings: { prompt_ms: 12, predicted_ms: 34 },
      },
    ],
    done: false,
  });
}
