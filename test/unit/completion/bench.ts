import {
  createCompletionEngine,
  type CompletionEngine,
  type EngineOptions,
} from '../../../src/completion/engine';
import type {
  Ask,
  CompletionEvent,
  CompletionModel,
  FimRequest,
  Suggestion,
} from '../../../src/completion/types';
import { settle, VirtualClock } from '../../bench/completion/sim/virtual-clock';

/** Text with the caret drawn as █. */
export function caretIn(fixture: string): { text: string; offset: number } {
  const offset = fixture.indexOf('█');
  if (offset < 0) throw new Error('the fixture has no caret');
  return { text: fixture.replace('█', ''), offset };
}

interface Call {
  readonly request: FimRequest;
  readonly signal: AbortSignal;
  say(text: string): Promise<void>;
  finish(): Promise<void>;
  fail(): Promise<void>;
}

/** A model whose every word is said by the test. */
export class ScriptedModel implements CompletionModel {
  readonly calls: Call[] = [];

  /** The call made last. */
  get last(): Call {
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error('the model was not asked');
    return call;
  }

  async *complete(request: FimRequest, signal: AbortSignal): AsyncGenerator<string> {
    const pieces: string[] = [];
    let over: 'finished' | 'failed' | undefined;
    let wake = (): void => undefined;
    const tell = async (): Promise<void> => {
      wake();
      await settle();
    };
    this.calls.push({
      request,
      signal,
      say: (text) => (pieces.push(text), tell()),
      finish: () => ((over = 'finished'), tell()),
      fail: () => ((over = 'failed'), tell()),
    });
    signal.addEventListener('abort', () => {
      wake();
    });
    for (;;) {
      const piece = pieces.shift();
      if (signal.aborted) return;
      if (piece !== undefined) yield piece;
      else if (over === 'failed') throw new Error('out of memory');
      else if (over !== undefined) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
}

/** One document, one caret, a user who types. */
export class Desk {
  readonly clock = new VirtualClock();
  readonly model = new ScriptedModel();
  readonly engine: CompletionEngine;
  readonly events: CompletionEvent[] = [];
  refreshes = 0;
  offset: number;

  constructor(fixture: string, options: Partial<EngineOptions> & { readonly noModel?: boolean } = {}) {
    const { noModel, ...rest } = options;
    const { text, offset } = caretIn(fixture);
    this.engine = createCompletionEngine({
      clock: this.clock,
      instant: false,
      ...(noModel !== true && { model: this.model }),
      ...rest,
    });
    this.offset = offset;
    this.engine.onEvent((event) => this.events.push(event));
    this.engine.onRefresh(() => this.refreshes++);
    this.engine.openDocument({ id: 'doc', path: 'src/shop.ts', languageId: 'typescript', text });
    this.engine.moveCaret('doc', offset);
  }

  /** Inserts at the caret, as one edit: a key, an Enter with its indentation, or accepted text. */
  async insert(inserted: string): Promise<void> {
    this.engine.changeDocument('doc', [{ offset: this.offset, deleted: 0, inserted }]);
    this.offset += inserted.length;
    await settle();
  }

  /** Key after key, 120 ms apart. */
  async type(text: string): Promise<void> {
    for (const key of text) {
      await this.insert(key);
      await this.clock.runUntil(this.clock.now() + 120);
    }
  }

  async backspace(times = 1): Promise<void> {
    for (let i = 0; i < times; i++) {
      this.engine.changeDocument('doc', [{ offset: --this.offset, deleted: 1, inserted: '' }]);
      await this.clock.runUntil(this.clock.now() + 120);
    }
  }

  ask(more: Partial<Ask> = {}): Suggestion {
    return this.engine.suggest({ documentId: 'doc', offset: this.offset, trigger: 'automatic', ...more });
  }

  /** What is on the screen when the editor asks, or why nothing is. */
  ghost(more: Partial<Ask> = {}): string {
    const suggestion = this.ask(more);
    return suggestion.kind === 'show' ? suggestion.text : `(${suggestion.reason})`;
  }
}
