import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { derived, effect, Inspector, pipe, producer, state, subscribe } from 'callbag-recharge';
import { map, merge, rescue, route } from 'callbag-recharge/extra';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

beforeEach(() => {
  Inspector._reset();
  Inspector.enabled = true;
});
afterEach(() => {
  Inspector._reset();
});

/** A little routing graph; returned whole, so that nothing of it is collected in mid-test. */
function smallGraph() {
  const request = state(1, { name: 'request' });
  const [local, cloud] = route(request, (n) => n < 10, { name: 'track' });
  const outcome = merge(local, cloud);
  const count = derived([outcome], () => outcome.get() ?? 0, { name: 'count' });
  const view = effect([count], () => undefined, { name: 'view' });
  return { request, local, cloud, outcome, count, view };
}

describe('the Inspector', () => {
  it('lists every node by name with its kind and live value', () => {
    const nodes = smallGraph();
    nodes.request.set(3);
    const graph = Inspector.graph();
    expect([...graph].map(([key, { kind, value }]) => [key, kind, value])).toEqual([
      ['request', 'state', 3],
      ['track:match', 'route', 3],
      ['track:miss', 'route', undefined],
      ['merge', 'merge', 3],
      ['count', 'derived', 3],
      ['view', 'effect', undefined],
    ]);
  });

  it('knows which node feeds which', () => {
    const nodes = smallGraph();
    expect(Object.fromEntries(Inspector.getEdges())).toEqual({
      request: ['track:match', 'track:miss'],
      'track:match': ['merge'],
      'track:miss': ['merge'],
      merge: ['count'],
      count: ['view'],
    });
    nodes.view();
  });

  it('lets nodes be named and joined that have no name of their own', () => {
    const request = state(1, { name: 'request' });
    const rescued = pipe(
      request,
      rescue(() => state(0)),
    );
    Inspector.register(rescued, { name: 'rescued', kind: 'rescue' });
    Inspector.registerEdge(request, rescued);
    expect(Inspector.getEdges().get('request')).toEqual(['rescued']);
    expect(Inspector.graph().get('rescued')?.kind).toBe('rescue');
  });

  it('tells nodes of one name apart by what they depend on', () => {
    const a = state(1, { name: 'a' });
    const b = state(2, { name: 'b' });
    const kept = [a, b].map((store) =>
      pipe(
        store,
        map((n) => n),
      ),
    );
    expect([...Inspector.graph().keys()]).toEqual(['a', 'b', 'map', 'map(b)']);
    expect(kept).toHaveLength(2);
  });

  it('follows the changes of one store', () => {
    const count = state(1);
    const changes: unknown[] = [];
    const stop = Inspector.trace(count, (value, previous) => changes.push([previous, value]));
    count.set(2);
    stop();
    count.set(3);
    expect(changes).toEqual([[1, 2]]);
  });

  it('draws the graph', () => {
    const nodes = smallGraph();
    const lines = Inspector.toMermaid({ direction: 'LR' }).split('\n');
    expect(lines[0]).toBe('graph LR');
    expect(lines).toContain('  request["request (state) = 1"]');
    expect(lines).toContain('  track_match --> merge');
    nodes.view();
  });

  it('keeps why a node did what it did', () => {
    const request = state(1, { name: 'request' });
    Inspector.annotate(request, 'too long for the local model');
    Inspector.annotate(request, 'sent to the cloud');
    expect(Inspector.getAnnotation(request)).toBe('sent to the cloud');
    expect(Inspector.traceLog().map(({ node, reason }) => [node, reason])).toEqual([
      ['request', 'too long for the local model'],
      ['request', 'sent to the cloud'],
    ]);
  });

  it('keeps only the latest reasons', () => {
    Inspector.maxTraceEntries = 2;
    const request = state(1);
    for (const reason of ['a', 'b', 'c']) Inspector.annotate(request, reason);
    expect(Inspector.traceLog().map(({ reason }) => reason)).toEqual(['b', 'c']);
  });

  it('sees nothing of what is made while it is off', () => {
    Inspector.enabled = false;
    const nodes = smallGraph();
    Inspector.annotate(nodes.request, 'unseen');
    expect([Inspector.graph().size, Inspector.getEdges().size, Inspector.traceLog()]).toEqual([0, 0, []]);
  });

  it('lets go of the stores of past requests', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const requests = state(0, { name: 'requests' });
    for (let request = 0; request < 1000; request += 1) {
      const answer = pipe(
        producer<number>(undefined, { initial: request }),
        rescue(() => state(0)),
      );
      subscribe(answer, () => undefined).unsubscribe();
    }
    // A WeakRef keeps its target until the turn it was made in is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(Inspector.graph().size).toBeLessThan(50);
    expect(Inspector.graph().has('requests')).toBe(true);
    expect(requests.get()).toBe(0);
  });
});
