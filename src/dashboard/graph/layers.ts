/** An edge of a directed graph. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** A graph in layers, where every edge leads from one layer to the next. */
export interface Layered {
  /** Ids from the first layer to the last; those not in `names` are places where a long edge passes by. */
  readonly layers: readonly (readonly string[])[];
  /** One chain of ids for each edge of the graph, from its source through the places it passes to its target. */
  readonly chains: readonly (readonly string[])[];
}

/**
 * Puts each node one layer below the lowest of those before it (longest-path layering, Sugiyama et al. 1981), and breaks
 * edges that span several layers into steps of one. An edge that would close a circle does not count for the layering.
 */
export function intoLayers(names: readonly string[], edges: readonly Edge[]): Layered {
  const forward = withoutCircles(names, edges);
  const depth = depths(names, forward);
  const layers: string[][] = [];
  const put = (id: string, layer: number): void => {
    (layers[layer] ??= []).push(id);
  };
  for (const name of names) put(name, depth.get(name) ?? 0);
  const chains = forward.map((edge, index) => {
    const passed: string[] = [];
    for (let layer = (depth.get(edge.from) ?? 0) + 1; layer < (depth.get(edge.to) ?? 0); layer += 1) {
      const id = `${String(index)}↓${String(layer)}`;
      put(id, layer);
      passed.push(id);
    }
    return [edge.from, ...passed, edge.to];
  });
  return { layers, chains };
}

function depths(names: readonly string[], edges: readonly Edge[]): Map<string, number> {
  const known = new Map<string, number>();
  const depthOf = (name: string): number => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const before = edges.filter(({ to }) => to === name).map(({ from }) => depthOf(from) + 1);
    const depth = Math.max(0, ...before);
    known.set(name, depth);
    return depth;
  };
  for (const name of names) depthOf(name);
  return known;
}

function withoutCircles(names: readonly string[], edges: readonly Edge[]): Edge[] {
  const known = new Set(names);
  const kept: Edge[] = [];
  const reaches = (from: string, goal: string): boolean =>
    from === goal || kept.some((edge) => edge.from === from && reaches(edge.to, goal));
  for (const edge of edges) {
    if (known.has(edge.from) && known.has(edge.to) && !reaches(edge.to, edge.from)) kept.push(edge);
  }
  return kept;
}
