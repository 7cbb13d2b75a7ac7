import { Inspector } from 'callbag-recharge';

/** One node of the yard's graph, for a drawing. Holds no code and no prompt text. */
export interface GraphNode {
  readonly name: string;
  readonly kind: string;
  /** The node's latest value, in a few words. */
  readonly value: string;
}

export interface GraphView {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/**
 * The ways through the yard, in drawing order. The Inspector knows the edges of nodes that pass values on; where a
 * node runs inner stores (`switchMap`, `concurrently`) it knows none, so the ways are written down here.
 */
const WAYS: readonly (readonly [from: string, to: string])[] = [
  ['requests', 'ends at once:match'],
  ['requests', 'ends at once:miss'],
  ['ends at once:match', 'settled at once'],
  ['ends at once:miss', 'goes to the cloud:miss'],
  ['ends at once:miss', 'goes to the cloud:match'],
  ...(['local', 'cloud'] as const).flatMap((track): readonly (readonly [string, string])[] => [
    [`goes to the cloud:${track === 'cloud' ? 'match' : 'miss'}`, `${track} completion:match`],
    [`goes to the cloud:${track === 'cloud' ? 'match' : 'miss'}`, `${track} completion:miss`],
    [`${track} completion:match`, `${track}: newest completion`],
    [`${track} completion:miss`, `${track}: side by side`],
    [`${track}: newest completion`, `${track} answers`],
    [`${track}: side by side`, `${track} answers`],
  ]),
  ['local: newest completion', 'superseded'],
  ['cloud: newest completion', 'superseded'],
  ['local answers', 'confident:match'],
  ['local answers', 'confident:miss'],
  ['confident:miss', 'escalated'],
  ['settled at once', 'ended'],
  ['confident:match', 'ended'],
  ['escalated', 'ended'],
  ['cloud answers', 'ended'],
  ['superseded', 'ended'],
  ['ended', 'outcomes'],
  ['requests', 'running'],
  ['running', 'active'],
];

const NAMES: readonly string[] = [...new Set(WAYS.flat()), 'feedback', 'health'];

/** The graph as the Inspector sees it now, as plain data. */
export function graphView(): GraphView {
  const living = Inspector.graph();
  const nodes = NAMES.flatMap((name): GraphNode[] => {
    const info = living.get(name);
    return info === undefined ? [] : [{ name, kind: info.kind, value: inWords(info.value) }];
  });
  const known = new Set(nodes.map((node) => node.name));
  const edges = WAYS.flatMap(([from, to]) => (known.has(from) && known.has(to) ? [{ from, to }] : []));
  return { nodes, edges };
}

/** What a value is, never what it says. */
function inWords(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Set || value instanceof Map) return String(value.size);
  if (Array.isArray(value)) return String(value.length);
  if (typeof value !== 'object') return '';
  if ('run' in value) return inWords(value.run);
  if ('request' in value) return inWords(value.request);
  const task = 'task' in value && typeof value.task === 'string' ? value.task : '';
  if (
    'result' in value &&
    typeof value.result === 'object' &&
    value.result !== null &&
    'kind' in value.result
  ) {
    return `${task} ${String(value.result.kind)}`.trim();
  }
  return 'verdict' in value && typeof value.verdict === 'string' ? value.verdict : task;
}
