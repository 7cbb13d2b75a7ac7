import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { GraphNode, GraphView } from '../../routing/graph-view';
import { Section } from '../widgets/section';
import { BOX, layOut, type Place } from './layout';
import { cut, labelLines } from './label';
import './routing-graph.css';

const LINE = 13;

/** The way of requests through the yard, with the latest value of each node. */
export function RoutingGraph({ graph }: { readonly graph: GraphView }): JSX.Element | null {
  const { nodes, edges } = graph;
  // Values change all the time, the shape hardly ever: only a new shape is laid out anew.
  const shape = JSON.stringify([nodes.map(({ name }) => name), edges]);
  const layout = useMemo(
    () =>
      layOut(
        nodes.map(({ name }) => name),
        edges,
      ),
    [shape],
  );
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The way in is in the middle; where the drawing is wider than the page, one starts there.
    const drawn = frame.current;
    if (drawn !== null) drawn.scrollLeft = (drawn.scrollWidth - drawn.clientWidth) / 2;
  }, [shape]);
  if (nodes.length === 0) return null;
  return (
    <Section id="graph" title="The yard now" note="every node of the routing graph, with its latest value">
      {/* Wider than a side bar: it scrolls by itself, also by keyboard. */}
      <div class="graph-frame" ref={frame} tabIndex={0} role="region" aria-label="Routing graph">
        <svg width={layout.width} height={layout.height} aria-hidden="true" class="drawing">
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="6"
              markerHeight="6"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" class="arrow" />
            </marker>
          </defs>
          {layout.paths.map((path) => (
            <path key={path} d={path} class="way" marker-end="url(#arrow)" />
          ))}
          {nodes.map((node) => (
            <Box key={node.name} node={node} place={layout.places.get(node.name) ?? { x: 0, y: 0 }} />
          ))}
        </svg>
      </div>
      <details>
        <summary>As a table</summary>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Kind</th>
              <th scope="col">Latest value</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(({ name, kind, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{kind}</td>
                <td>{value === '' ? 'none yet' : value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  );
}

function Box({ node, place }: { readonly node: GraphNode; readonly place: Place }): JSX.Element {
  const lines = labelLines(node.name);
  const middle = BOX.width / 2;
  const shown = node.value === '' ? lines.length : lines.length + 1;
  const top = (BOX.height - shown * LINE) / 2 + LINE - 3;
  return (
    <g
      transform={`translate(${place.x} ${place.y})`}
      class={node.value === '' || node.value === '0' ? 'node' : 'node live'}
    >
      <title>{`${node.name} (${node.kind})${node.value === '' ? '' : `: ${node.value}`}`}</title>
      <rect width={BOX.width} height={BOX.height} rx="4" />
      {lines.map((line, index) => (
        <text key={index} x={middle} y={top + index * LINE}>
          {line}
        </text>
      ))}
      {node.value !== '' && (
        <text class="value" x={middle} y={top + lines.length * LINE}>
          {cut(node.value)}
        </text>
      )}
    </g>
  );
}
