import type { ChatRequest, ChatResponse, GenerateRequest, GenerateResponse, Ollama } from 'ollama';
import type { Finish } from '../model';
import { ModelError } from '../failure';
import type { TokenRatio } from '../tokens';
import { NO_USAGE, type Timings, type Usage } from '../usage';
import { countOf } from '../wire/count';
import type { Wire } from '../wire/guarded-fetch';
import type { CallSource, Piece, Received } from '../wire/streamed-call';
import { connect, ollamaError, type OllamaEndpoint } from './client';

export type OllamaRequest =
  | { readonly kind: 'chat'; readonly body: Omit<ChatRequest, 'model' | 'stream'> }
  | { readonly kind: 'generate'; readonly body: Omit<GenerateRequest, 'model' | 'stream'> };

export interface OllamaCallPlan {
  readonly endpoint: OllamaEndpoint;
  readonly model: string;
  /** Settles what must be known before anything is sent (abilities, place); may ask the server. */
  readonly request: (signal: AbortSignal) => OllamaRequest | Promise<OllamaRequest>;
  readonly promptCharacters: number;
  readonly ratio: TokenRatio;
}

type Chunk = ChatResponse | GenerateResponse;

/** Ollama's side of one streamed call, chat or infill. */
export class OllamaCall implements CallSource {
  #wire: Wire | undefined;

  constructor(private readonly plan: OllamaCallPlan) {}

  async *open(signal: AbortSignal, alive: () => void): AsyncGenerator<Piece> {
    const { endpoint, model } = this.plan;
    const request = await this.plan.request(signal);
    const { client, wire } = await connect(endpoint, model, signal, alive);
    this.#wire = wire;
    for await (const chunk of await start(client, model, request)) {
      yield* this.#read(chunk);
    }
    await wire.drained;
  }

  *#read(chunk: Chunk): Generator<Piece> {
    const text = 'message' in chunk ? chunk.message.content : (chunk.response ?? '');
    const thinking = 'message' in chunk ? chunk.message.thinking : chunk.thinking;
    if (typeof text !== 'string') throw new ModelError('protocol', 'Ollama sent an answer without text.');
    if (thinking) yield { type: 'thinking' };
    const logprobs = chunk.logprobs?.map(({ token, logprob }) => ({ token, logprob }));
    if (text !== '') yield { type: 'text', text, ...(logprobs === undefined ? {} : { logprobs }) };
    if (chunk.done) yield this.#end(chunk);
  }

  #end(chunk: Chunk): Piece {
    // Figures that are zero are left out by the server.
    const inputTokens = countOf(chunk.prompt_eval_count);
    this.plan.ratio.learn(this.plan.promptCharacters, inputTokens);
    const usage: Usage = { ...NO_USAGE, inputTokens, outputTokens: countOf(chunk.eval_count) };
    return { type: 'end', finish: finishOf(chunk.done_reason), usage, timings: timingsOf(chunk) };
  }

  usageSoFar(received: Received): Usage | undefined {
    if (this.#wire?.sent !== true) return undefined;
    return {
      ...NO_USAGE,
      inputTokens: this.plan.ratio.estimate(this.plan.promptCharacters),
      // Ollama sends a line per token; text held back for a stop sequence may join a few.
      outputTokens: received.pieces,
      estimated: true,
    };
  }

  failure(error: unknown): ModelError {
    return ollamaError(this.plan.model, error);
  }
}

function start(client: Ollama, model: string, request: OllamaRequest): Promise<AsyncIterable<Chunk>> {
  return request.kind === 'chat'
    ? client.chat({ ...request.body, model, stream: true })
    : client.generate({ ...request.body, model, stream: true });
}

function finishOf(reason: string | undefined): Finish {
  switch (reason) {
    case 'length':
      return 'length';
    case 'load':
    case 'unload':
      // The server took the prompt for a preload: it must have been empty.
      throw new ModelError('invalid-request', 'The prompt was empty.');
    default:
      return 'stop';
  }
}

const NANOSECONDS_PER_MS = 1_000_000;

function timingsOf(chunk: Chunk): Partial<Timings> {
  const ms = (value: unknown): number | undefined => {
    const nanoseconds = countOf(value);
    return nanoseconds > 0 ? nanoseconds / NANOSECONDS_PER_MS : undefined;
  };
  const loadMs = ms(chunk.load_duration);
  const promptEvalMs = ms(chunk.prompt_eval_duration);
  const generateMs = ms(chunk.eval_duration);
  return {
    ...(loadMs === undefined ? {} : { loadMs }),
    ...(promptEvalMs === undefined ? {} : { promptEvalMs }),
    ...(generateMs === undefined ? {} : { generateMs }),
  };
}
