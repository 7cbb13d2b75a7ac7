/** Why a node did what it did, and when (ms since 1970). */
export interface TraceEntry {
  node: string;
  reason: string;
  timestamp: number;
}

/** The latest reasons, oldest first; older ones fall out. */
export class TraceLog {
  private entries: TraceEntry[] = [];

  add(entry: TraceEntry, max: number): void {
    this.entries.push(entry);
    if (this.entries.length > max) this.entries.splice(0, this.entries.length - max);
  }

  list(): TraceEntry[] {
    return [...this.entries];
  }

  clear(): void {
    this.entries = [];
  }
}
