import type { Snapshot, SnapshotNode } from './snapshot';

export type MermaidDirection = 'TD' | 'LR' | 'BT' | 'RL';

/** Longest value shown in a node, in UTF-16 units. */
const LONGEST_VALUE = 30;

const STYLES: Record<string, string> = {
  SETTLED: 'fill:#d4edda,stroke:#28a745',
  DIRTY: 'fill:#fff3cd,stroke:#ffc107',
  ERRORED: 'fill:#f8d7da,stroke:#dc3545',
  COMPLETED: 'fill:#cce5ff,stroke:#007bff',
};

/** `undefined` for what JSON has no word for: functions, and `undefined` itself. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return String(value); // circular, or a bigint
  }
}

function shortValue(value: unknown): string {
  const json = jsonOf(value) ?? 'undefined';
  return json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE - 3)}...` : json;
}

/** Mermaid ids are words; two keys that become the same word are numbered. */
function idsFor(names: Iterable<string>): Map<string, string> {
  const ids = new Map<string, string>();
  const used = new Map<string, number>();
  for (const name of names) {
    if (ids.has(name)) continue;
    const word = name.replace(/\W/g, '_');
    const count = used.get(word) ?? 0;
    used.set(word, count + 1);
    ids.set(name, count === 0 ? word : `${word}__${count}`);
  }
  return ids;
}

function line(node: SnapshotNode, id: string): string {
  const status = node.status ?? '';
  const style = status in STYLES ? `:::${status.toLowerCase()}` : '';
  return `  ${id}["${node.name} (${node.kind}) = ${shortValue(node.value)}"]${style}`;
}

/** A Mermaid flowchart of the graph: each node with kind and value, coloured by status. */
export function mermaid({ nodes, edges }: Snapshot, direction: MermaidDirection): string {
  const ids = idsFor([...nodes.map((node) => node.name), ...edges.flatMap((edge) => [edge.from, edge.to])]);
  const id = (name: string): string => ids.get(name) ?? name;
  return [
    `graph ${direction}`,
    ...nodes.map((node) => line(node, id(node.name))),
    ...edges.map((edge) => `  ${id(edge.from)} --> ${id(edge.to)}`),
    '',
    ...Object.entries(STYLES).map(([status, style]) => `  classDef ${status.toLowerCase()} ${style}`),
  ].join('\n');
}
