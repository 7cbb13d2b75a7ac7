import type { Layered } from './layers';

/** Sweeps down and up; the order of graphs of this size settles sooner. */
const SWEEPS = 8;

/**
 * Orders each layer so that few edges cross: every id moves to the mean place of its neighbours in the layer before,
 * then in the layer after, in turns (the barycentre heuristic).
 */
export function orderLayers({ layers, chains }: Layered): string[][] {
  const { above, below } = neighbours(chains);
  const ordered = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    const indices = ordered.keys();
    for (const index of down ? indices : [...indices].reverse()) {
      const layer = ordered[index] ?? [];
      const fixed = ordered[down ? index - 1 : index + 1];
      if (fixed === undefined) continue;
      const place = new Map(fixed.map((id, at) => [id, at]));
      const wish = new Map(layer.map((id, at) => [id, mean((down ? above : below).get(id), place) ?? at]));
      layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    }
  }
  return ordered;
}

export interface Neighbours {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

export function neighbours(chains: Layered['chains']): Neighbours {
  const above = new Map<string, string[]>();
  const below = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, value: string): void => {
    map.set(key, [...(map.get(key) ?? []), value]);
  };
  for (const chain of chains) {
    chain.slice(1).forEach((id, index) => {
      const before = chain[index];
      if (before === undefined) return;
      add(above, id, before);
      add(below, before, id);
    });
  }
  return { above, below };
}

/** The mean of what is known of `ids`; undefined where nothing is. */
export function mean(
  ids: readonly string[] | undefined,
  values: ReadonlyMap<string, number>,
): number | undefined {
  const known = (ids ?? []).map((id) => values.get(id)).filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
