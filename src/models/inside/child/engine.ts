import { getLlama, type Llama, type LlamaContextSequence, type LlamaModel } from 'node-llama-cpp';
import type { LoadSpec, Question, Sampling } from '../protocol';
import { generate, STEP_TOKENS, type Counts, type Generated } from './generate';
import { ChatPrompts, continuation, infillPrompt, type TokenPrompt } from './prompts';

/** Completions look at some hundred lines around the caret; a larger context would only cost memory. In tokens. */
const INFILL_CONTEXT_TOKENS = 4096;

/** A question the weights cannot answer, with the reason in the protocol's word. */
export class Unanswerable extends Error {
  constructor(
    readonly failure: 'context-too-long' | 'no-infill' | 'invalid-request',
    message: string,
  ) {
    super(message);
  }
}

interface Lane {
  readonly sequence: LlamaContextSequence;
  readonly contextTokens: number;
}

/** The weights in memory. Chats and completions have contexts of their own, so that neither forgets for the other. */
export class Engine {
  readonly #chats: ChatPrompts;
  readonly #lanes = new Map<Question['kind'], Promise<Lane>>();

  private constructor(
    private readonly model: LlamaModel,
    private readonly threads: number,
    private readonly load: LoadSpec,
  ) {
    this.#chats = new ChatPrompts(model);
  }

  static async load(load: LoadSpec): Promise<Engine> {
    const llama = await openLlama();
    // One core stays free for the editor. With as many threads as cores, a busy core holds up all the others at
    // each barrier of the arithmetic, and an answer takes ten times as long (measured on two cores).
    const threads = Math.max(1, llama.cpuMathCores - 1);
    // Mapped, not copied: windows that load the same file share its pages.
    const model = await llama.loadModel({ modelPath: load.file, useMmap: true });
    return new Engine(model, threads, load);
  }

  async *answer(
    question: Question,
    sampling: Sampling,
    signal: AbortSignal,
    counts: Counts,
  ): AsyncGenerator<Generated> {
    const prompt = this.#prompt(question);
    const { sequence, contextTokens } = await this.#lane(question.kind);
    if (prompt.tokens.length >= contextTokens) {
      throw new Unanswerable(
        'context-too-long',
        'The prompt is longer than the context of the engine inside.',
      );
    }
    yield* generate(this.model, sequence, contextTokens, prompt, sampling, signal, counts);
  }

  #prompt(question: Question): TokenPrompt {
    if (question.kind === 'chat') return this.#chats.prompt(question);
    const prompt = infillPrompt(this.model, question);
    if (prompt !== undefined) return prompt;
    if (this.load.continues) return continuation(this.model, question);
    throw new Unanswerable('no-infill', 'This model cannot fill in the middle.');
  }

  #lane(kind: Question['kind']): Promise<Lane> {
    const known = this.#lanes.get(kind);
    if (known !== undefined) return known;
    const lane = this.#openLane(kind);
    this.#lanes.set(kind, lane);
    lane.catch(() => this.#lanes.delete(kind));
    return lane;
  }

  async #openLane(kind: Question['kind']): Promise<Lane> {
    const wanted = kind === 'chat' ? this.load.contextTokens : INFILL_CONTEXT_TOKENS;
    const contextSize = Math.min(wanted, this.model.trainContextSize);
    const context = await this.model.createContext({
      contextSize,
      batchSize: STEP_TOKENS,
      threads: this.threads,
    });
    // llama.cpp rounds up; the tokens beyond are not relied on.
    return { sequence: context.getSequence(), contextTokens: Math.min(contextSize, context.contextSize) };
  }
}

function openLlama(): Promise<Llama> {
  return getLlama({
    // Only the CPU's binding is shipped; on Apple silicon that is the one with Metal.
    gpu: process.platform === 'darwin' && process.arch === 'arm64' ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    // 0: no limit of the library's own, which would be at least 4 and so too many for two cores.
    maxThreads: 0,
    // To standard error, of which the window keeps the end: llama.cpp says there why memory ran out.
    logger: (level, message) => {
      if (level === 'error' || level === 'fatal') process.stderr.write(message);
    },
  });
}
