import { mermaid, type MermaidDirection } from './inspector/mermaid';
import { type NodeOptions, NodeRegistry, type StoreInfo } from './inspector/node-registry';
import { activate, observe, type ObserveResult, trace } from './inspector/observe';
import type { Snapshot } from './inspector/snapshot';
import { type TraceEntry, TraceLog } from './inspector/trace-log';
import type { Store } from './types';

export type { ObserveResult, Snapshot, StoreInfo, TraceEntry };

const MAX_TRACE_ENTRIES = 1000;

function enabledByDefault(): boolean {
  return typeof process === 'undefined' || process.env['NODE_ENV'] !== 'production';
}

let registry = new NodeRegistry();
let annotations = new WeakMap<object, string>();
let traceLog = new TraceLog();
let enabled = enabledByDefault();

/** Looks at the graph from outside. Nodes know nothing of it but one call when they are made. */
export const Inspector = {
  /** How many annotations are kept; 0 keeps none. */
  maxTraceEntries: MAX_TRACE_ENTRIES,

  /** Off, nodes made from now on are not registered, and nothing is spent on them. */
  get enabled(): boolean {
    return enabled;
  },

  set enabled(value: boolean) {
    enabled = value;
  },

  /** Enters a node, or renames one. */
  register(node: object, opts: NodeOptions = {}): void {
    if (enabled) registry.add(node, opts);
  },

  registerEdge(parent: object, child: object): void {
    if (enabled) registry.addEdge(parent, child);
  },

  /** Node key to the keys of the nodes it feeds. */
  getEdges(): Map<string, string[]> {
    return registry.edges();
  },

  getName(node: object): string | undefined {
    return enabled ? registry.nameOf(node) : undefined;
  },

  getKind(node: object): string | undefined {
    return registry.kindOf(node);
  },

  inspect<T = unknown>(node: object): StoreInfo<T> {
    return registry.inspect(node) as StoreInfo<T>;
  },

  /** Every living node by its key: its name where that is free, else told apart. Reads every value. */
  graph(): Map<string, StoreInfo> {
    return new Map([...registry.living()].map(([key, node]) => [key, registry.inspect(node)]));
  },

  trace<T>(store: Store<T>, onChange: (value: T, previous: T | undefined) => void): () => void {
    return trace(store, onChange);
  },

  observe<T>(store: Store<T>): ObserveResult<T> {
    return observe(store, Inspector.getName(store));
  },

  activate<T>(store: Store<T>): () => void {
    return activate(store);
  },

  snapshot(): Snapshot {
    const nodes = [...registry.living()].map(([name, node]) => {
      const { kind, value, status } = registry.inspect(node);
      const annotation = annotations.get(node);
      return { name, kind, value, status, ...(annotation === undefined ? {} : { annotation }) };
    });
    const edges = [...registry.edges()].flatMap(([from, children]) => children.map((to) => ({ from, to })));
    return { nodes, edges, trace: traceLog.list() };
  },

  toMermaid(opts?: { direction?: MermaidDirection }): string {
    return mermaid(Inspector.snapshot(), opts?.direction ?? 'TD');
  },

  /** Says why a node did what it did: the latest stays with the node, all of them go into the trace log. */
  annotate(node: object, reason: string): void {
    if (!enabled) return;
    annotations.set(node, reason);
    const entry = { node: registry.keyOf(node), reason, timestamp: Date.now() };
    traceLog.add(entry, Math.max(0, Inspector.maxTraceEntries));
  },

  getAnnotation(node: object): string | undefined {
    return annotations.get(node);
  },

  traceLog(): TraceEntry[] {
    return traceLog.list();
  },

  clearTrace(): void {
    traceLog.clear();
  },

  /** Forgets everything; for tests. */
  _reset(): void {
    registry = new NodeRegistry();
    annotations = new WeakMap();
    traceLog = new TraceLog();
    enabled = enabledByDefault();
    Inspector.maxTraceEntries = MAX_TRACE_ENTRIES;
  },
};
