import type { VirtualClock } from './virtual-clock';

/** Characters that make one token, everywhere in the simulation. */
export const CHARS_PER_TOKEN = 4;

export interface ServerSettings {
  /** Milliseconds from the start of a request to its first token, prompt evaluation aside. */
  readonly ttft: number;
  /** Milliseconds from one token to the next. */
  readonly perToken: number;
  /** Milliseconds for each prompt token the server has to read anew. */
  readonly perFreshToken: number;
  /** Milliseconds after which the server starts failing; for the trace of a model that dies. */
  readonly diesAt?: number;
  /** Milliseconds after which the server takes requests and never answers. */
  readonly hangsAt?: number;
}

/** One request as the server books it. */
export interface Job {
  readonly prompt: string;
  readonly answer: string;
  /** The server ends an answer after so many milliseconds of generating. */
  readonly maxGenerationMs: number;
  readonly onToken: (text: string) => void;
  readonly onEnd: (end: JobEnd) => void;
  state: 'queued' | 'prompt' | 'streaming' | 'over';
  sentTokens: number;
  freshTokens: number;
  aborted: boolean;
}
export type JobEnd = 'done' | 'aborted' | 'failed';

/**
 * Behaves like Ollama with one slot: requests queue; prompt tokens that do not lead the last prompt too cost
 * time; an abort during prompt evaluation is noticed at the first token, later ones at once.
 */
export class Server {
  readonly #queue: Job[] = [];
  #running: Job | undefined;
  #lastPrompt = '';

  constructor(
    private readonly clock: VirtualClock,
    private readonly settings: ServerSettings,
  ) {}

  submit(job: Job): void {
    this.#queue.push(job);
    this.#next();
  }

  abort(job: Job): void {
    if (job.state === 'over' || job.aborted) return;
    job.aborted = true;
    job.onEnd('aborted');
    // During prompt evaluation the slot stays taken until the first token would have come.
    if (job.state !== 'prompt') this.#free(job);
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    this.#running = job;
    job.state = 'prompt';
    if (this.#down()) {
      this.#finish(job, 'failed');
      return;
    }
    const shared = commonLength(this.#lastPrompt, job.prompt);
    job.freshTokens = Math.ceil((job.prompt.length - shared) / CHARS_PER_TOKEN);
    this.#lastPrompt = job.prompt;
    if (this.settings.hangsAt !== undefined && this.clock.now() >= this.settings.hangsAt) return;
    const first = this.settings.ttft + job.freshTokens * this.settings.perFreshToken;
    this.clock.after(first, () => {
      job.state = 'streaming';
      if (job.aborted) this.#free(job);
      else this.#token(job, this.clock.now());
    });
  }

  #token(job: Job, startedAt: number): void {
    if (job.state !== 'streaming') return;
    if (this.#down()) {
      this.#finish(job, 'failed');
      return;
    }
    const text = job.answer.slice(job.sentTokens * CHARS_PER_TOKEN, (job.sentTokens + 1) * CHARS_PER_TOKEN);
    if (text !== '') {
      job.sentTokens++;
      job.onToken(text);
    }
    const over = job.sentTokens * CHARS_PER_TOKEN >= job.answer.length;
    if (over || this.clock.now() - startedAt >= job.maxGenerationMs) {
      this.#finish(job, 'done');
      return;
    }
    this.clock.after(this.settings.perToken, () => this.#token(job, startedAt));
  }

  #finish(job: Job, end: JobEnd): void {
    if (!job.aborted) job.onEnd(end);
    this.#free(job);
  }

  #free(job: Job): void {
    const queued = this.#queue.indexOf(job);
    if (queued >= 0) this.#queue.splice(queued, 1);
    job.state = 'over';
    if (this.#running !== job) return;
    this.#running = undefined;
    this.#next();
  }

  #down(): boolean {
    return this.settings.diesAt !== undefined && this.clock.now() >= this.settings.diesAt;
  }
}

function commonLength(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  // Most prompts share all or nearly all of their head: a block comparison is much faster than a loop.
  let i = 0;
  for (let block = 1024; block >= 1; block >>= 3) {
    while (i + block <= end && a.startsWith(b.slice(i, i + block), i)) i += block;
  }
  return i;
}
