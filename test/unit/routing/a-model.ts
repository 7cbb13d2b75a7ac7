import { ModelError, type FailureKind } from '../../../src/models/failure';
import type {
  CloudModel,
  Finish,
  LocalModel,
  ModelEvent,
  ModelRef,
  TokenLogprob,
} from '../../../src/models/model';
import { NO_USAGE } from '../../../src/models/usage';

/** What a fake model does with one call, step by step. */
export interface Script {
  readonly text?: readonly string[];
  readonly logprob?: number;
  /** Waits before the first text; forever when it never resolves. An abort gets through at any time. */
  readonly wait?: Promise<unknown>;
  /** Waits after the text, before the end. */
  readonly hold?: Promise<unknown>;
  readonly fail?: FailureKind;
  readonly finish?: Finish;
}

export const usageOf = (text: readonly string[]): typeof NO_USAGE => ({
  ...NO_USAGE,
  inputTokens: 100,
  outputTokens: text.length,
});

/** Plays scripts in turn (the last one again and again) and keeps count of what a server would see. */
export class FakeModel {
  /** Times it was told that a call would come. */
  prepared = 0;
  readonly calls: { aborted: boolean; ended: boolean }[] = [];

  constructor(
    readonly ref: ModelRef,
    public scripts: readonly Script[] = [{}],
  ) {}

  get open(): number {
    return this.calls.filter((call) => !call.ended && !call.aborted).length;
  }

  asLocal(): LocalModel {
    const play = (_prompt: unknown, _options: unknown, signal: AbortSignal): AsyncIterable<ModelEvent> =>
      this.play(signal);
    return { ref: { ...this.ref, place: 'local' }, contextTokens: 8_000, chat: play, infill: play };
  }

  asCloud(): CloudModel {
    return {
      ref: { ...this.ref, place: 'cloud' },
      contextTokens: 100_000,
      prepare: () => void (this.prepared += 1),
      chat: (_prompt, _options, signal) => this.play(signal),
    };
  }

  private async *play(signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const script = this.scripts[Math.min(this.calls.length, this.scripts.length - 1)] ?? {};
    const call = { aborted: false, ended: false };
    this.calls.push(call);
    const text = script.text ?? ['an ', 'answer'];
    const said: string[] = [];
    const pause = async (promise: Promise<unknown> | undefined): Promise<void> => {
      await Promise.race([promise, aborted(signal)]);
      if (!signal.aborted) return;
      call.aborted = true;
      const usage = { ...usageOf(said), estimated: true };
      throw new ModelError('cancelled', 'stopped', { usage });
    };
    await pause(script.wait);
    if (script.fail !== undefined && script.hold === undefined) {
      call.ended = true;
      throw new ModelError(script.fail, `it was ${script.fail}`);
    }
    for (const piece of text) {
      said.push(piece);
      const logprobs: TokenLogprob[] = [{ token: piece, logprob: script.logprob ?? 0 }];
      yield { type: 'text', text: piece, logprobs };
    }
    await pause(script.hold);
    call.ended = true;
    if (script.fail !== undefined) {
      throw new ModelError(script.fail, `it was ${script.fail}`, { usage: usageOf(said) });
    }
    yield { type: 'end', finish: script.finish ?? 'stop', usage: usageOf(text), timings: { totalMs: 50 } };
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
