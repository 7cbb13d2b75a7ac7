import { batch, derived, effect, state, type Store, subscribe } from 'callbag-recharge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const STATES = 3;

/** A node sums up some nodes before it, each named by its place; `modulus` makes many changes end in equal values. */
interface NodePlan {
  deps: number[];
  modulus: number;
}

type Step =
  { kind: 'set'; writes: [place: number, value: number][] } | { kind: 'follow' | 'leave'; place: number };

const place = fc.nat({ max: 1000 });
const plans = fc.array(
  fc.record({
    deps: fc.array(place, { minLength: 1, maxLength: 3 }),
    modulus: fc.integer({ min: 2, max: 50 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('set' as const),
      writes: fc.array(fc.tuple(fc.nat({ max: STATES - 1 }), fc.nat({ max: 20 })), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    fc.record({ kind: fc.constantFrom('follow' as const, 'leave' as const), place }),
  ),
  { maxLength: 30 },
);

/** The places a node depends on: only such before it, none twice. */
function depsOf(plan: NodePlan, at: number): number[] {
  return [...new Set(plan.deps.map((dep) => dep % at))];
}

/** The naive model: everything computed anew from the values of the states. */
function recompute(values: number[], nodes: NodePlan[]): number[] {
  const all = [...values];
  for (const plan of nodes) {
    const sum = depsOf(plan, all.length).reduce((total, dep) => total + (all[dep] ?? 0), 0);
    all.push((sum * 3 + 1) % plan.modulus);
  }
  return all;
}

function build(nodes: NodePlan[]) {
  const states = Array.from({ length: STATES }, () => state(0));
  const stores: Store<number>[] = [...states];
  const computed = nodes.map(() => 0);
  nodes.forEach((plan, index) => {
    const deps = depsOf(plan, stores.length).flatMap((dep) => stores[dep] ?? []);
    const sum = () => {
      computed[index] = (computed[index] ?? 0) + 1;
      return (deps.reduce((total, dep) => total + dep.get(), 0) * 3 + 1) % plan.modulus;
    };
    stores.push(derived(deps, sum, index % 2 === 0 ? { equals: Object.is } : undefined));
  });
  return { states, stores, computed };
}

describe('any graph of derived stores', () => {
  it('shows what computing all of it anew would show, after every step, followed or not', () => {
    fc.assert(
      fc.property(plans, steps, (nodes, script: Step[]) => {
        const { states, stores } = build(nodes);
        const values = states.map(() => 0);
        const following = new Map<number, { unsubscribe(): void }>();
        for (const step of script) {
          if (step.kind === 'set') {
            for (const [at, value] of step.writes) values[at] = value;
            batch(() => {
              for (const [at, value] of step.writes) states[at]?.set(value);
            });
          } else {
            const at = step.place % stores.length;
            const store = stores[at];
            following.get(at)?.unsubscribe();
            following.delete(at);
            if (step.kind === 'follow' && store)
              following.set(
                at,
                subscribe(store, () => undefined),
              );
          }
          expect(stores.map((store) => store.get())).toEqual(recompute(values, nodes));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('never shows a half-changed state, and computes each followed store at most once per change', () => {
    fc.assert(
      fc.property(plans, steps, (nodes, script: Step[]) => {
        const { states, stores, computed } = build(nodes);
        const values = states.map(() => 0);
        const seen: number[][] = [];
        effect(stores, () => {
          seen.push(stores.map((store) => store.get()));
          return undefined;
        });
        for (const step of script) {
          if (step.kind !== 'set') continue;
          seen.length = 0;
          computed.fill(0);
          for (const [at, value] of step.writes) values[at] = value;
          batch(() => {
            for (const [at, value] of step.writes) states[at]?.set(value);
          });
          expect(seen.length).toBeLessThanOrEqual(1);
          for (const shown of seen) expect(shown).toEqual(recompute(values, nodes));
          expect(Math.max(...computed)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
