import { describe, expect, it } from 'vitest';
import { labelLines } from '../../../src/dashboard/graph/label';
import { intoLayers } from '../../../src/dashboard/graph/layers';
import { BOX, layOut } from '../../../src/dashboard/graph/layout';
import { orderLayers } from '../../../src/dashboard/graph/order';

/** `a>b b>c` as edges. */
const edges = (text: string): { from: string; to: string }[] =>
  text.split(' ').map((edge) => {
    const [from = '', to = ''] = edge.split('>');
    return { from, to };
  });

describe('layers', () => {
  it('put every node below all that lead to it', () => {
    const { layers } = intoLayers(['a', 'b', 'c', 'd'], edges('a>b b>c a>c c>d'));
    expect(layers.map((layer) => layer.filter((id) => id.length === 1))).toEqual([
      ['a'],
      ['b'],
      ['c'],
      ['d'],
    ]);
  });

  it('lead a long edge past every layer between its ends', () => {
    const { chains } = intoLayers(['a', 'b', 'c'], edges('a>b b>c a>c'));
    expect(chains.map((chain) => chain.length)).toEqual([2, 2, 3]);
  });

  it('survive a circle and an edge to nowhere', () => {
    const { layers, chains } = intoLayers(['a', 'b'], edges('a>b b>a a>x'));
    expect(layers).toEqual([['a'], ['b']]);
    expect(chains).toEqual([['a', 'b']]);
  });
});

describe('order within layers', () => {
  it('uncrosses edges that need not cross', () => {
    const layered = intoLayers(['l', 'r', 'x', 'y'], edges('l>y r>x'));
    expect(orderLayers(layered)[1]).toEqual(['y', 'x']);
  });
});

describe('the drawing', () => {
  const names = ['in', 'fork: yes', 'fork: no', 'local', 'cloud', 'rescued', 'out', 'alone'];
  const wired = [
    ...edges('local>rescued rescued>out cloud>out local>out'),
    { from: 'in', to: 'fork: yes' },
    { from: 'in', to: 'fork: no' },
    { from: 'fork: yes', to: 'cloud' },
    { from: 'fork: no', to: 'local' },
  ];

  it('overlaps no two boxes and keeps all inside', () => {
    const { places, width, height } = layOut(names, wired);
    const boxes = [...places.values()];
    expect(boxes).toHaveLength(names.length);
    for (const [index, a] of boxes.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + BOX.width).toBeLessThanOrEqual(width);
      expect(a.y + BOX.height).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(index + 1)) {
        expect(Math.abs(a.x - b.x) >= BOX.width || Math.abs(a.y - b.y) >= BOX.height).toBe(true);
      }
    }
  });

  it('leads every way downwards', () => {
    const { places } = layOut(names, wired);
    for (const { from, to } of wired)
      expect(places.get(to)?.y).toBeGreaterThan(places.get(from)?.y ?? Infinity);
  });

  it('is the same every time', () => {
    expect(layOut(names, wired)).toEqual(layOut(names, wired));
  });

  it('is nothing for no nodes', () => {
    expect(layOut([], []).paths).toEqual([]);
  });
});

describe('labels', () => {
  it('call the sides of a fork yes and no', () => {
    expect(labelLines('confident:miss')).toEqual(['confident: no']);
  });

  it('take two lines at most, each of a length that fits', () => {
    expect(labelLines('local: newest completion')).toEqual(['local: newest', 'completion']);
    for (const line of labelLines('a very long name of a node that goes on and on')) {
      expect(line.length).toBeLessThanOrEqual(18);
    }
    expect(labelLines('x'.repeat(100))).toEqual([`${'x'.repeat(17)}…`]);
  });
});
