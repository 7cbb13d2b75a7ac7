import type { TraceEntry } from './trace-log';

export interface SnapshotNode {
  name: string;
  kind: string;
  value: unknown;
  status: string | undefined;
  annotation?: string;
}

/** The whole graph as plain data. */
export interface Snapshot {
  nodes: SnapshotNode[];
  edges: { from: string; to: string }[];
  trace: TraceEntry[];
}
