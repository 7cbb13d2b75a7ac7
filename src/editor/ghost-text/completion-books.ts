import { randomUUID } from 'node:crypto';
import type { CompletionEvent } from '../../completion/types';
import type { YardRequest } from '../../routing/request';
import type { Yard } from '../../routing/yard';

const NO_FEATURES = {
  instruction: '',
  subjectText: '',
  promptTokens: 0,
  codeLines: 0,
  files: 1,
  outsideNames: 0,
} as const;
const NO_CALL = { maxOutputTokens: 0, deadline: { firstTokenMs: 0, idleMs: 0, totalMs: 0 } } as const;

/** A suggestion that the workspace itself made: answered before it was asked, and only written down. */
const instantRequest = (id: string, languageId: string): YardRequest => ({
  id,
  task: 'complete',
  features: { ...NO_FEATURES, languageId },
  prompts: {
    local: () => ({ kind: 'infill', prompt: { context: [], path: '', prefix: '', suffix: '' } }),
    cloud: () =>
      Promise.resolve({ ok: false, rule: 'settings-excluded', report: { redactions: {}, blocked: [] } }),
  },
  options: { local: NO_CALL, cloud: NO_CALL },
  instant: { text: '', confidence: 1 },
});

/**
 * Writes down what the engine shows. Model requests are written down by the yard itself; what is left are the instant
 * answers, and what the user made of each suggestion.
 */
export class CompletionBooks {
  /** Suggestions of the workspace alone, and the request each is written down as. */
  readonly #instant = new Map<string, string>();

  constructor(
    private readonly yard: Pick<Yard, 'submit' | 'feedback'>,
    /** The yard's id of a request of the engine. */
    private readonly yardId: (engineId: string) => string | undefined,
    private readonly now: () => number,
  ) {}

  enter(event: CompletionEvent): void {
    if (event.type === 'shown' && event.track === 'instant') {
      const id = randomUUID();
      this.#instant.set(event.suggestionId, id);
      this.yard.submit(instantRequest(id, event.languageId));
    } else if (event.type === 'verdict') this.#verdict(event);
  }

  #verdict(event: Extract<CompletionEvent, { type: 'verdict' }>): void {
    const byModel = event.requestId === undefined ? undefined : this.yardId(event.requestId);
    const requestId = this.#instant.get(event.suggestionId) ?? byModel;
    this.#instant.delete(event.suggestionId);
    // What the user typed by hand was right, but it saved them nothing: no verdict either way.
    if (requestId === undefined || event.verdict === 'typed') return;
    this.yard.feedback({ requestId, verdict: event.verdict, at: this.now() });
  }
}
