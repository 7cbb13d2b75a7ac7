import type { CompletionEvent, SuggestionTrack } from '../../completion/types';
import type { CompletionFigures } from '../../dashboard/protocol';

const TRACKS: readonly SuggestionTrack[] = ['instant', 'local', 'mixed'];

/** Adds up the engine's events since the window opened, for status bar and dashboard. */
export class Figures {
  #requests = 0;
  #shown = 0;
  /** Shown without a request of its own: from the cache, the workspace, or text typed along. */
  #free = 0;
  readonly #requestsSeen = new Set<string>();
  readonly #byTrack = new Map(TRACKS.map((track) => [track, { shown: 0, accepted: 0 }]));

  count(event: CompletionEvent): void {
    switch (event.type) {
      case 'request':
        this.#requests += 1;
        return;
      case 'shown': {
        this.#shown += 1;
        const tally = this.#byTrack.get(event.track);
        if (tally !== undefined) tally.shown += 1;
        // The first suggestion of a request is what it was made for; every later one was spared a request.
        if (event.requestId === undefined || this.#requestsSeen.has(event.requestId)) this.#free += 1;
        else this.#requestsSeen.add(event.requestId);
        return;
      }
      case 'verdict': {
        const tally = this.#byTrack.get(event.track);
        if (tally !== undefined && (event.verdict === 'accepted' || event.verdict === 'partly-accepted'))
          tally.accepted += 1;
        return;
      }
      case 'request-ended':
    }
  }

  view(): CompletionFigures {
    return {
      requests: this.#requests,
      shown: this.#shown,
      requestsAvoided: this.#free,
      ...(this.#shown > 0 && { hitRate: this.#free / this.#shown }),
      acceptance: TRACKS.map((track) => ({
        track,
        ...(this.#byTrack.get(track) ?? { shown: 0, accepted: 0 }),
      })),
    };
  }

  line(): string | undefined {
    if (this.#shown === 0) return undefined;
    const share = Math.round((100 * this.#free) / this.#shown);
    return `Ghost text: ${String(this.#shown)} shown, ${String(share)} % without a new request.`;
  }
}
