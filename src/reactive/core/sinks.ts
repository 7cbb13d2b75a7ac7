import { END, type Sink } from './protocol';

/** The subscribers of one node, in the order they came. */
export class Sinks {
  private readonly members = new Set<Sink>();

  get size(): number {
    return this.members.size;
  }

  add(sink: Sink): void {
    this.members.add(sink);
  }

  /** True if the sink was there. */
  remove(sink: Sink): boolean {
    return this.members.delete(sink);
  }

  /** A sink that leaves during the round is skipped; one that comes to a lone sink waits for the next. */
  send(type: number, data?: unknown): void {
    if (this.members.size > 1) {
      for (const sink of this.members) sink(type, data);
    } else {
      const [only] = this.members;
      only?.(type, data);
    }
  }

  /**
   * Empties the list, then tells everybody who was on it: a sink may subscribe anew while it hears END, and one that
   * throws must not keep the others waiting for an end that never comes.
   */
  end(error: unknown): void {
    const leaving = [...this.members];
    this.members.clear();
    const failures: unknown[] = [];
    for (const sink of leaving) {
      try {
        if (error === undefined) sink(END);
        else sink(END, error);
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
