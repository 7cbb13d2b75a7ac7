import { intoLayers, type Edge } from './layers';
import { mean, neighbours, orderLayers, type Neighbours } from './order';

/** CSS pixels. */
export const BOX = { width: 116, height: 52 } as const;
const GAP = { x: 10, y: 26 } as const;
/** The room an edge takes where it passes a layer. */
const PASSING_WIDTH = 12;
/** Margin around everything, so that edges and focus rings are not clipped. */
const MARGIN = 4;
const SWEEPS = 16;

export interface Place {
  /** Upper left corner of the box. */
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Place>;
  /** SVG path data, one an edge. */
  readonly paths: readonly string[];
}

/** Lays a graph out from top to bottom. The same names and edges always give the same picture. */
export function layOut(names: readonly string[], edges: readonly Edge[]): Layout {
  if (names.length === 0) return { width: 0, height: 0, places: new Map(), paths: [] };
  const boxes = new Set(names);
  const known = edges.filter(({ from, to }) => boxes.has(from) && boxes.has(to));
  const joined = new Set(known.flatMap(({ from, to }) => [from, to]));
  const layered = intoLayers(
    names.filter((name) => joined.has(name)),
    known,
  );
  // Nodes that nothing leads to or from stand in a row of their own below the rest.
  const alone = names.filter((name) => !joined.has(name));
  const widthOf = (id: string): number => (boxes.has(id) ? BOX.width : PASSING_WIDTH);
  const ordered = orderLayers(layered);
  const centres = centresOf(ordered, neighbours(layered.chains), widthOf);
  const middle = (Math.min(...centres.values()) + Math.max(...centres.values())) / 2 || 0;
  const aloneAt = spread(
    alone,
    alone.map(() => middle),
    widthOf,
  );
  alone.forEach((id, index) => centres.set(id, aloneAt[index] ?? middle));
  const layers = [...ordered, ...(alone.length > 0 ? [alone] : [])];
  const left = Math.min(...[...centres].map(([id, x]) => x - widthOf(id) / 2), Infinity) - MARGIN;
  const right = Math.max(...[...centres].map(([id, x]) => x + widthOf(id) / 2), -Infinity) + MARGIN;
  const rowOf = new Map(layers.flatMap((layer, row) => layer.map((id) => [id, row] as const)));
  const xOf = (id: string): number => round((centres.get(id) ?? 0) - left);
  const yOf = (id: string): number => MARGIN + (rowOf.get(id) ?? 0) * (BOX.height + GAP.y);
  return {
    width: round(right - left),
    height: layers.length * (BOX.height + GAP.y) - GAP.y + 2 * MARGIN,
    places: new Map(names.map((name) => [name, { x: xOf(name) - BOX.width / 2, y: yOf(name) }])),
    paths: layered.chains.map((chain) => pathOf(chain.map((id) => ({ x: xOf(id), y: yOf(id) })))),
  };
}

/** Each id wants to stand below the middle of its neighbours; the order of its layer and the gaps are kept. */
function centresOf(
  layers: readonly (readonly string[])[],
  { above, below }: Neighbours,
  widthOf: (id: string) => number,
): Map<string, number> {
  const centres = new Map<string, number>();
  for (const layer of layers) {
    spread(
      layer,
      layer.map(() => 0),
      widthOf,
    ).forEach((x, at) => centres.set(layer[at] ?? '', x));
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : [...layers].reverse()) {
      const wishes = layer.map((id) => mean((down ? above : below).get(id), centres) ?? centres.get(id) ?? 0);
      spread(layer, wishes, widthOf).forEach((x, at) => centres.set(layer[at] ?? '', x));
    }
  }
  return centres;
}

/** Places near the wishes, in order and without overlap: pushed right, pushed left, and the mean of both. */
function spread(
  layer: readonly string[],
  wishes: readonly number[],
  widthOf: (id: string) => number,
): number[] {
  const apart = (at: number): number => (widthOf(layer[at] ?? '') + widthOf(layer[at + 1] ?? '')) / 2 + GAP.x;
  const right: number[] = [];
  wishes.forEach((wish, at) => right.push(Math.max(wish, (right[at - 1] ?? -Infinity) + apart(at - 1))));
  const left: number[] = [];
  for (let at = wishes.length - 1; at >= 0; at -= 1) {
    left[at] = Math.min(wishes[at] ?? 0, (left[at + 1] ?? Infinity) - apart(at));
  }
  return right.map((x, at) => (x + (left[at] ?? x)) / 2);
}

/** A smooth line from the bottom of the first box to the top of the last, straight past the layers between. */
function pathOf(points: readonly Place[]): string {
  const steps = points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const start = from.y + BOX.height;
    const middle = (start + to.y) / 2;
    const curve = `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
    const passes = index < points.length - 2;
    return `${curve}${passes ? `V${to.y + BOX.height}` : ''}`;
  });
  const first = points[0] ?? { x: 0, y: 0 };
  return `M${first.x} ${first.y + BOX.height}${steps.join('')}`;
}

const round = (n: number): number => Math.round(n * 2) / 2;
