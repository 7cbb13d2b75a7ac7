import type { CompletionEvent, SuggestionTrack } from './types';

export interface TrackStats {
  readonly shown: number;
  readonly accepted: number;
  readonly partlyAccepted: number;
  /** Typed by hand to the end, as suggested. */
  readonly typed: number;
  readonly rejected: number;
}

/** Counts since the engine was made; for the status bar and the dashboard. */
export interface CompletionStats {
  /** Times ghost text was asked for. */
  readonly asked: number;
  /** Of these, answered at once from the cache or from what was on the screen already, and by the workspace. */
  readonly fromCache: number;
  readonly fromInstant: number;
  /** `(fromCache + fromInstant) / asked`, 0 to 1. */
  readonly hitRate: number;
  readonly requests: number;
  readonly requestsAborted: number;
  readonly requestsFailed: number;
  /** Answers given without a request of their own: what one request a question would have cost on top. */
  readonly requestsAvoided: number;
  readonly byTrack: Readonly<Record<SuggestionTrack, TrackStats>>;
}

const none = (): TrackStats => ({ shown: 0, accepted: 0, partlyAccepted: 0, typed: 0, rejected: 0 });

export class StatsCounter {
  #asked = 0;
  #fromCache = 0;
  #fromInstant = 0;
  #requests = 0;
  #aborted = 0;
  #failed = 0;
  readonly #byTrack: Record<SuggestionTrack, TrackStats> = { instant: none(), local: none(), mixed: none() };

  answered(source: 'cache' | 'instant' | 'none'): void {
    this.#asked++;
    if (source === 'cache') this.#fromCache++;
    if (source === 'instant') this.#fromInstant++;
  }

  count(event: CompletionEvent): void {
    if (event.type === 'request') this.#requests++;
    else if (event.type === 'request-ended') {
      if (event.end === 'stale') this.#aborted++;
      if (event.end === 'failed') this.#failed++;
    } else {
      const of = this.#byTrack[event.track];
      const field =
        event.type === 'shown'
          ? 'shown'
          : event.verdict === 'partly-accepted'
            ? 'partlyAccepted'
            : event.verdict;
      this.#byTrack[event.track] = { ...of, [field]: of[field] + 1 };
    }
  }

  read(): CompletionStats {
    const hits = this.#fromCache + this.#fromInstant;
    return {
      asked: this.#asked,
      fromCache: this.#fromCache,
      fromInstant: this.#fromInstant,
      hitRate: this.#asked === 0 ? 0 : hits / this.#asked,
      requests: this.#requests,
      requestsAborted: this.#aborted,
      requestsFailed: this.#failed,
      requestsAvoided: Math.max(0, this.#asked - this.#requests),
      byTrack: { ...this.#byTrack },
    };
  }
}
