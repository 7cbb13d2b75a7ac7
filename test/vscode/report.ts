/** What a run leaves behind for whoever started VS Code: its exit code says nothing. */
export interface HostReport {
  /** Full titles. */
  readonly passed: readonly string[];
  readonly failed: readonly { readonly title: string; readonly error: string }[];
  /** Skipped with `it.skip`, or without a body. */
  readonly pending: readonly string[];
  /** Figures worth printing, not judged by their size. */
  readonly notes: readonly string[];
}

/** Each suite is a bundle with its own copy of this module; a registered symbol is the one thing they share. */
const SHARED = Symbol.for('switchyard.host.notes');
const shared = globalThis as unknown as Record<symbol, string[] | undefined>;

/** Prints a line in the summary of the run. */
export function note(line: string): void {
  notes().push(line);
}

export function notes(): string[] {
  return (shared[SHARED] ??= []);
}
