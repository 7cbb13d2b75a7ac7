import { END, type Sink } from './protocol';

/** The subscribers of one node, in the order they came. */
export class Sinks {
  private members = new Set<Sink>();

  get size(): number {
    return this.members.size;
  }

  add(sink: Sink): void {
    this.members.add(sink);
  }

  /** True if the sink was there. */
  remove(sink: Sink): boolean {
    const removed = this.members.delete(sink);
    // A round under way holds the old set, so that who comes now waits for the next one, as with a lone sink.
    if (removed && this.members.size === 1) this.members = new Set(this.members);
    return removed;
  }

  /** One round: who leaves during it is skipped. Who comes to several sinks still hears it; who comes to one does not. */
  send(type: number, data?: unknown): void {
    const members = this.members;
    if (members.size > 1) {
      for (const sink of members) sink(type, data);
    } else {
      for (const sink of [...members]) sink(type, data);
    }
  }

  /**
   * Empties the list, then tells everybody who was on it: a sink may subscribe anew while it hears END, and one that
   * throws must not keep the others waiting for an end that never comes.
   */
  end(error: unknown): void {
    const leaving = this.members;
    this.members = new Set();
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
