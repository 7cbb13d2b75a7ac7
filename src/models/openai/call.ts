import type OpenAI from 'openai';
import type { Clock } from '../../base/clock';
import type { ModelError } from '../failure';
import type { TokenRatio } from '../tokens';
import { NO_USAGE, type Usage } from '../usage';
import { neverSent } from '../wire/connection-failure';
import { Wire } from '../wire/guarded-fetch';
import type { CallSource, Piece, Received } from '../wire/streamed-call';
import type { Meter } from './chat';
import { connect, type OpenAIEndpoint } from './client';
import { openaiFailure } from './failure';

/** How the answer is asked for and read, chat or infill. Throws at once where the prompt may not be sent any more. */
export type Reading = (
  client: OpenAI,
  signal: AbortSignal,
  meter: Meter,
  estimate: () => Usage,
) => AsyncIterable<Piece>;

export interface OpenAICallPlan {
  readonly endpoint: () => Promise<OpenAIEndpoint>;
  readonly name: string;
  readonly read: Reading;
  readonly promptCharacters: number;
  readonly ratio: TokenRatio;
  readonly clock: Clock;
}

/** The server's side of one streamed call. */
export class OpenAICall implements CallSource {
  readonly #meter: Meter = { usage: undefined };
  #mayBeBilled = false;
  #characters = 0;

  constructor(private readonly plan: OpenAICallPlan) {}

  async *open(signal: AbortSignal, alive: () => void): AsyncGenerator<Piece> {
    const endpoint = await this.plan.endpoint();
    const wire = new Wire(signal, {
      server: this.plan.name,
      streamTypes: ['text/event-stream'],
      // Chats and completions have no named events; the SDK prints those it takes for another API's.
      line: (line) => !line.startsWith('event:'),
      onBytes: alive,
    });
    const client = await connect(endpoint, wire);
    signal.throwIfAborted();
    const pieces = this.plan.read(client, signal, this.#meter, () => this.#estimate());
    this.#mayBeBilled = true;
    for await (const piece of pieces) {
      if (piece.type === 'text') this.#characters += piece.text.length;
      if (piece.type === 'end' && !piece.usage.estimated) {
        this.plan.ratio.learn(
          this.plan.promptCharacters,
          piece.usage.inputTokens + piece.usage.cacheReadTokens,
        );
      }
      yield piece;
    }
    await wire.drained;
  }

  usageSoFar(_received: Received): Usage | undefined {
    if (this.#meter.usage !== undefined) return this.#meter.usage;
    return this.#mayBeBilled ? this.#estimate() : undefined;
  }

  #estimate(): Usage {
    const { ratio, promptCharacters } = this.plan;
    return {
      ...NO_USAGE,
      inputTokens: ratio.estimate(promptCharacters),
      outputTokens: ratio.estimate(this.#characters),
      estimated: true,
    };
  }

  failure(error: unknown): ModelError {
    const meaning = openaiFailure(error, this.plan.name, this.plan.clock.now());
    if (meaning.detail.status !== undefined || neverSent(error)) this.#mayBeBilled = false;
    return meaning;
  }
}
