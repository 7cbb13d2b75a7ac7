/** The rows on screen, and how many newer ones wait. */
export interface HeldRows<Row> {
  readonly rows: readonly Row[];
  readonly waiting: number;
}

/**
 * While somebody points at the list or has the keyboard in it, the ids on screen stay the same, so that nothing moves
 * under the pointer; what is known about them still changes.
 *
 * @param latest newest first
 * @param held ids on screen when holding began; undefined while nothing is held
 */
export function holdRows<Row extends { readonly id: string }>(
  latest: readonly Row[],
  held: readonly string[] | undefined,
): HeldRows<Row> {
  if (held === undefined) return { rows: latest, waiting: 0 };
  const known = new Map(latest.map((row) => [row.id, row]));
  const kept = new Set(held);
  const newest = latest.findIndex(({ id }) => kept.has(id));
  // Held so long that none of them is known any more: there is nothing left to keep still.
  if (newest < 0) return { rows: latest, waiting: 0 };
  return { rows: held.map((id) => known.get(id)).filter((row) => row !== undefined), waiting: newest };
}

/** As many rows as are shown at first; more when an open one would fall out of sight. */
export function visibleRows<Row extends { readonly id: string }>(
  rows: readonly Row[],
  first: number,
  expanded: readonly string[],
): readonly Row[] {
  const open = new Set(expanded);
  const last = rows.findLastIndex(({ id }) => open.has(id));
  return rows.slice(0, Math.max(first, last + 1));
}
