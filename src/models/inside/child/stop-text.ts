/** Holds text back while it could still turn into one of the texts at which an answer ends. */
export class StopText {
  #held = '';

  constructor(private readonly stops: readonly string[]) {}

  /** What may be shown of the answer now that `text` has come; `stopped` where one of the texts is complete. */
  take(text: string): { readonly text: string; readonly stopped: boolean } {
    const all = this.#held + text;
    const ends = this.stops.map((stop) => all.indexOf(stop)).filter((at) => at !== -1);
    if (ends.length > 0) {
      this.#held = '';
      return { text: all.slice(0, Math.min(...ends)), stopped: true };
    }
    const keep = Math.max(0, ...this.stops.map((stop) => beginningAtEnd(all, stop)));
    this.#held = keep === 0 ? '' : all.slice(-keep);
    return { text: all.slice(0, all.length - keep), stopped: false };
  }

  /** The answer is over, so what was held back was no stop. */
  rest(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** Characters at the end of `text` that are the beginning of `stop`. */
function beginningAtEnd(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
