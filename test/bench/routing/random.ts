/** Mulberry32: small, fast, and the same everywhere, so that every figure can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Fisher–Yates; gives a new array. */
export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [out[i], out[j]];
    if (a !== undefined && b !== undefined) [out[i], out[j]] = [b, a];
  }
  return out;
}

/** Gives each group (problem) one of `folds` folds, so that no problem is on both sides of a split. */
export function foldOfGroup(groups: Iterable<string>, folds: number, seed: number): Map<string, number> {
  const order = shuffled([...new Set(groups)].sort(), seeded(seed));
  return new Map(order.map((group, index) => [group, index % folds]));
}
