/** What a soak is asked to do. */
export interface SoakOptions {
  /** Requests over all windows. */
  readonly requests: number;
  /** Share of the servers' answers that go wrong, 0 to 1. */
  readonly faults: number;
  readonly seed: number;
  /** Processes, each with a yard, a ledger and a budget of its own, in the same folders. */
  readonly windows: number;
}

/** What a window is told when it starts. */
export interface WindowOptions {
  /** From 0. */
  readonly window: number;
  readonly requests: number;
  readonly seed: number;
  /** Whether disks fill up, clocks jump and the offline switch is flipped. */
  readonly disturbed: boolean;
  readonly ollamaUrl: string;
  readonly claudeUrl: string;
  /** Holds `ledger/`, `budget/` and `workspace/`. */
  readonly folder: string;
}
