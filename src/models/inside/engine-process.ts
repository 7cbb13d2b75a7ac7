import { systemClock, type Clock } from '../../base/clock';
import { ModelError, type FailureKind } from '../failure';
import type { ChildEnd, EngineChild, StartChild } from './engine-child';
import { Report, type LoadSpec, type Question, type Sampling } from './protocol';
import { ReportLine, type CallReport } from './report-line';
import { Restarts } from './restarts';

/** A model of the size that is sensible on a CPU is read from a slow disk within this. In ms. */
const LOAD_MS = 180_000;
/** A cancel waits for the step under way, 64 tokens of prompt at most; who needs longer hangs. In ms. */
const CANCEL_MS = 20_000;
/** Long enough for a conversation with a colleague; then the memory is worth more to others. In ms. */
const IDLE_MS = 10 * 60_000;

const OUT_OF_MEMORY = /out of memory|failed to allocate|unable to allocate|bad_alloc|cannot allocate memory/i;

export interface EngineProcessDeps {
  readonly start: StartChild;
  readonly load: LoadSpec;
  readonly clock?: Clock;
  readonly idleMs?: number;
}

interface Running {
  readonly child: EngineChild;
  /** Rejects with a `ModelError`. */
  readonly loaded: Promise<{ readonly loadMs: number }>;
  readonly calls: Map<number, ReportLine>;
  /** Ends the wait for loading. */
  readonly settle: (result: { readonly loadMs: number } | ModelError) => void;
  stopLoadTimer: () => void;
}

/**
 * One process with one model. It starts with the first question, ends when nobody asked for a while, and when it
 * crashes, runs out of memory or hangs, that costs the answers under way and a restart, nothing else.
 */
export class EngineProcess {
  readonly #clock: Clock;
  readonly #restarts: Restarts;
  #running: Running | undefined;
  #calls = 0;
  #busy = 0;
  #stopIdleTimer: (() => void) | undefined;
  #lastUsed = 0;

  constructor(private readonly deps: EngineProcessDeps) {
    this.#clock = deps.clock ?? systemClock;
    this.#restarts = new Restarts(this.#clock);
  }

  /** Why it cannot be asked for now; undefined where it can. */
  get down(): string | undefined {
    return this.#restarts.down;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** When it was last asked, on the clock's monotonic scale. */
  get lastUsed(): number {
    return this.#lastUsed;
  }

  /** Loads the weights ahead of the first question. Throws `ModelError`. */
  async warm(signal: AbortSignal): Promise<void> {
    await this.#using(async () => {
      await this.#loaded(signal);
    });
  }

  /**
   * The reports on one question; the first is that the weights are loaded, with the ms this call waited for it. Ends
   * with an `end`; throws `ModelError`. Aborting stops the engine after the token under way.
   */
  async *answer(
    question: Question,
    sampling: Sampling,
    signal: AbortSignal,
  ): AsyncGenerator<CallReport | { readonly type: 'loaded'; readonly loadMs: number }> {
    this.#begin();
    try {
      const { running, loadMs } = await this.#loaded(signal);
      yield { type: 'loaded', loadMs };
      yield* this.#ask(running, question, sampling, signal);
    } finally {
      this.#end();
    }
  }

  /** Ends the process; a later question starts it anew. */
  stop(): void {
    this.#stopIdleTimer?.();
    const running = this.#running;
    if (running === undefined) return;
    this.#forget(running, new ModelError('unreachable', 'The engine inside was stopped.'));
    running.child.kill();
  }

  async *#ask(
    running: Running,
    question: Question,
    sampling: Sampling,
    signal: AbortSignal,
  ): AsyncGenerator<CallReport> {
    const call = (this.#calls += 1);
    const line = new ReportLine();
    running.calls.set(call, line);
    const cancel = (): void => {
      line.close();
      this.#cancel(running, call);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      running.child.send({ type: 'ask', call, question, sampling });
      for await (const report of line) {
        if (report.type === 'failed') throw failed(report.failure, report.message);
        if (report.type === 'end') this.#restarts.worked();
        yield report;
        if (report.type === 'end') return;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      // The reader left in the middle.
      if (running.calls.get(call) === line && !signal.aborted) this.#cancel(running, call);
    }
  }

  /** Tells the process to stop, and takes it for hung if it does not say that it has. */
  #cancel(running: Running, call: number): void {
    // It may have ended in the same moment.
    if (this.#running !== running || !running.calls.has(call)) return;
    running.child.send({ type: 'cancel', call });
    const stopTimer = this.#clock.after(CANCEL_MS, () => {
      if (this.#running === running && running.calls.has(call))
        this.#kill(running, 'it did not stop when asked to.');
    });
    running.calls.set(call, new ReportLine(stopTimer));
  }

  async #using<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#begin();
    try {
      return await work();
    } finally {
      this.#end();
    }
  }

  #begin(): void {
    this.#busy += 1;
    this.#lastUsed = this.#clock.monotonic();
    this.#stopIdleTimer?.();
    this.#stopIdleTimer = undefined;
  }

  #end(): void {
    this.#busy -= 1;
    this.#lastUsed = this.#clock.monotonic();
    if (this.#busy > 0) return;
    this.#stopIdleTimer = this.#clock.after(this.deps.idleMs ?? IDLE_MS, () => this.stop());
  }

  async #loaded(signal: AbortSignal): Promise<{ running: Running; loadMs: number }> {
    signal.throwIfAborted();
    const { down } = this;
    if (down !== undefined) throw new ModelError('unreachable', `The engine inside is down. ${down}`);
    const started = this.#clock.monotonic();
    await this.#pause(this.#restarts.waitMs, signal);
    const running = (this.#running ??= this.#start());
    await orAborted(running.loaded, signal);
    return { running, loadMs: this.#clock.monotonic() - started };
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0) return Promise.resolve();
    return orAborted(new Promise((resolve) => this.#clock.after(ms, resolve)), signal);
  }

  #start(): Running {
    let settle: Running['settle'] = () => undefined;
    const loaded = new Promise<{ loadMs: number }>((resolve, reject) => {
      settle = (result) => (result instanceof ModelError ? reject(result) : resolve(result));
    });
    // Those who wait hear of it; nobody may be waiting.
    loaded.catch(() => undefined);
    const child = this.deps.start({
      report: (message) => this.#take(running, message),
      ended: (end) => this.#ended(running, end),
    });
    const running: Running = {
      child,
      loaded,
      settle,
      calls: new Map(),
      stopLoadTimer: this.#clock.after(LOAD_MS, () =>
        this.#kill(running, 'it did not load the weights in time.'),
      ),
    };
    child.send({ type: 'load', load: this.deps.load });
    return running;
  }

  #take(running: Running, message: unknown): void {
    if (this.#running !== running) return;
    const { success, data: report } = Report.safeParse(message);
    if (!success) {
      this.#kill(running, 'it sent something that is no report.');
      return;
    }
    if (report.type === 'loaded') {
      running.stopLoadTimer();
      running.settle(report);
      return;
    }
    if (report.type === 'not-loaded') {
      this.#crash(running, failed(report.failure, report.message));
      running.child.kill();
      return;
    }
    const line = running.calls.get(report.call);
    if (report.type === 'end' || report.type === 'cancelled' || report.type === 'failed') {
      running.calls.delete(report.call);
    }
    line?.push(report);
  }

  #kill(running: Running, why: string): void {
    this.#crash(running, new ModelError('server', `The engine inside was ended: ${why}`));
    running.child.kill();
  }

  #ended(running: Running, end: ChildEnd): void {
    if (this.#running !== running) return;
    this.#crash(running, meaning(end));
  }

  #crash(running: Running, error: ModelError): void {
    this.#restarts.crashed(error.message);
    this.#forget(running, error);
  }

  #forget(running: Running, error: ModelError): void {
    if (this.#running === running) this.#running = undefined;
    running.stopLoadTimer();
    running.settle(error);
    for (const line of running.calls.values()) line.fail(error);
    running.calls.clear();
  }
}

const failed = (failure: FailureKind, message: string): ModelError => new ModelError(failure, message);

/** A process killed from outside, unasked, was almost always killed for its memory. */
function meaning({ code, signal, lastWords }: ChildEnd): ModelError {
  if (OUT_OF_MEMORY.test(lastWords) || signal === 'SIGKILL' || code === 137) {
    return failed('out-of-memory', 'There was not enough memory for the engine inside; it was ended.');
  }
  const how = signal ?? (code === undefined ? 'it could not be started' : `code ${String(code)}`);
  return failed('server', `The engine inside crashed (${how}).`);
}

/** Waits for `work`, but no longer than `signal` allows. */
async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(new ModelError('cancelled', 'Cancelled.'));
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
