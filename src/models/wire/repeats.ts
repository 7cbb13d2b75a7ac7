/**
 * Drops the copies in a stream that repeats its events. An event that looks like the one before it may be
 * honest text ("0, 0, "), so equality alone proves nothing; but events that a stream has exactly once (its start)
 * give a repeating stream away, and from then on each event's equal successor is its copy.
 */
export class RepeatFilter {
  #repeating = false;
  #previous: string | undefined;

  /** True where `event` is a copy. `unique`: the protocol sends this event once. */
  isCopy(event: unknown, unique: boolean): boolean {
    const key = JSON.stringify(event);
    const same = key === this.#previous;
    if (same && unique) this.#repeating = true;
    if (same && this.#repeating) {
      // The copy is used up: a third equal event is text again.
      this.#previous = undefined;
      return true;
    }
    this.#previous = key;
    return false;
  }
}
