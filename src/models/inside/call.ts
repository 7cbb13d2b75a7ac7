import { ModelError } from '../failure';
import type { CallOptions } from '../model';
import type { TokenRatio } from '../tokens';
import { NO_USAGE, type Usage } from '../usage';
import { thrownByUs } from '../wire/connection-failure';
import type { CallSource, Piece, Received } from '../wire/streamed-call';
import type { EngineProcess } from './engine-process';
import type { Question, Sampling } from './protocol';

export interface InsideCallPlan {
  readonly engine: EngineProcess;
  readonly question: Question;
  readonly promptCharacters: number;
  readonly ratio: TokenRatio;
  readonly options: CallOptions;
}

/** The engine's side of one streamed call, chat or infill. */
export class InsideCall implements CallSource {
  #asked = false;
  /** What the engine last counted. */
  #counted: { readonly promptTokens: number; readonly outputTokens: number } | undefined;

  constructor(private readonly plan: InsideCallPlan) {}

  async *open(signal: AbortSignal, alive: () => void): AsyncGenerator<Piece> {
    const { engine, question, options, ratio, promptCharacters } = this.plan;
    let loadMs = 0;
    for await (const report of engine.answer(question, samplingOf(options), signal)) {
      alive();
      switch (report.type) {
        case 'loaded':
          this.#asked = true;
          loadMs = report.loadMs;
          break;
        case 'text':
          this.#counted = report;
          yield {
            type: 'text',
            text: report.text,
            ...(report.logprobs === undefined ? {} : { logprobs: report.logprobs }),
          };
          break;
        case 'end':
          this.#counted = report;
          ratio.learn(promptCharacters, report.promptTokens);
          yield {
            type: 'end',
            finish: report.finish,
            usage: usageOf(report),
            timings: { loadMs, promptEvalMs: report.promptMs, generateMs: report.generateMs },
          };
          break;
        case 'reading':
        case 'cancelled':
        case 'failed':
          break;
      }
    }
  }

  usageSoFar(_received: Received): Usage | undefined {
    if (this.#counted !== undefined) return usageOf(this.#counted);
    if (!this.#asked) return undefined;
    return {
      ...NO_USAGE,
      inputTokens: this.plan.ratio.estimate(this.plan.promptCharacters),
      estimated: true,
    };
  }

  failure(error: unknown): ModelError {
    return thrownByUs(error) ?? new ModelError('server', 'The engine inside failed.', { cause: error });
  }
}

const usageOf = (counts: { readonly promptTokens: number; readonly outputTokens: number }): Usage => ({
  ...NO_USAGE,
  inputTokens: counts.promptTokens,
  outputTokens: counts.outputTokens,
});

const samplingOf = (options: CallOptions): Sampling => ({
  maxOutputTokens: options.maxOutputTokens,
  stop: [...(options.stop ?? [])],
  logprobs: options.logprobs === true,
  ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
  ...(options.seed === undefined ? {} : { seed: options.seed }),
});
