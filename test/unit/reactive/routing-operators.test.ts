import { derived, effect, Inspector, pipe, producer, state, subscribe } from 'callbag-recharge';
import { concatMap, flat, merge, rescue, route, switchMap } from 'callbag-recharge/extra';
import { describe, expect, it } from 'vitest';

const failing = (error: unknown) =>
  producer<string>(({ error: fail }) => {
    fail(error);
    return undefined;
  });

describe('route', () => {
  it('sends each value to one of its sides', () => {
    const n = state(0);
    const [even, odd] = route(n, (x) => x % 2 === 0);
    const evens = Inspector.observe(even);
    const odds = Inspector.observe(odd);
    for (const x of [1, 2, 3, 4]) n.set(x);
    expect([evens.values, odds.values]).toEqual([
      [2, 4],
      [1, 3],
    ]);
  });

  it('ends both sides with the error its predicate throws', () => {
    const n = state(0);
    const [match, miss] = route(n, (x) => {
      if (x === 1) throw new Error('cannot tell');
      return true;
    });
    const ends = [Inspector.observe(match), Inspector.observe(miss)];
    n.set(1);
    expect(ends.map((side) => side.endError)).toEqual([new Error('cannot tell'), new Error('cannot tell')]);
  });

  it('can be joined again without a glitch', () => {
    const n = state(0);
    const [small, large] = route(n, (x) => x < 10);
    let runs = 0;
    effect([small, large], () => {
      runs += 1;
      return undefined;
    });
    const joined = Inspector.observe(merge(small, large));
    n.set(20);
    n.set(5);
    expect([runs, joined.values]).toEqual([3, [20, 5]]);
  });

  it('names its sides for the Inspector', () => {
    const sides = route(state(0), () => true, { name: 'track' });
    expect(sides.map((side) => Inspector.getName(side))).toEqual(['track:match', 'track:miss']);
  });
});

describe('switchMap', () => {
  it('drops the inner store before the newest', () => {
    const log: string[] = [];
    const inner = (name: string) =>
      producer<string>(({ emit }) => {
        emit(`${name} begins`);
        return () => log.push(`${name} dropped`);
      });
    const key = state('');
    const seen = Inspector.observe(pipe(key, switchMap(inner)));
    key.set('a');
    key.set('b');
    expect([seen.values, log]).toEqual([['a begins', 'b begins'], ['a dropped']]);
  });

  it('says undefined first for an inner store that has no value yet', () => {
    const key = state('');
    const late = producer<string>();
    const seen = Inspector.observe(
      pipe(
        key,
        switchMap(() => late),
      ),
    );
    key.set('a');
    late.emit('answer');
    expect(seen.values).toEqual([undefined, 'answer']);
  });

  it('ends after both the outer and the last inner store, or with the first error', () => {
    const outer = producer<number>();
    const inner = producer<number>(undefined, { initial: 1 });
    const seen = Inspector.observe(
      pipe(
        outer,
        switchMap(() => inner),
      ),
    );
    outer.emit(1);
    outer.complete();
    expect(seen.ended).toBe(false);
    inner.error('broken');
    expect(seen.endError).toBe('broken');
  });
});

describe('flat', () => {
  it('follows the newest of the stores it is given, and none when given none', () => {
    const a = state('a1');
    const b = state('b1');
    const current = state<typeof a | undefined>(undefined);
    const seen = Inspector.observe(pipe(current, flat<string>()));
    current.set(a);
    a.set('a2');
    current.set(b);
    a.set('unheard');
    current.set(undefined);
    b.set('unheard');
    expect(seen.values).toEqual(['a1', 'a2', 'b1', undefined]);
  });
});

describe('concatMap', () => {
  it('lets the next inner store begin when the one before has completed', () => {
    const inners = new Map(
      ['a', 'b'].map((key) => [key, producer<string>(undefined, { initial: `${key}0` })]),
    );
    const inner = (key: string) => inners.get(key) ?? failing('no such store');
    const key = state('');
    const seen = Inspector.observe(pipe(key, concatMap(inner)));
    key.set('a');
    key.set('b');
    inners.get('a')?.emit('a1');
    expect(seen.values).toEqual(['a0', 'a1']);
    inners.get('a')?.complete();
    inners.get('b')?.emit('b1');
    expect(seen.values).toEqual(['a0', 'a1', 'b0', 'b1']);
  });

  it('drops the oldest that waits when the queue is full', () => {
    const begun: number[] = [];
    const first = producer<number>(undefined, { initial: 0 });
    const n = state(0);
    Inspector.observe(
      pipe(
        n,
        concatMap(
          (x) => {
            begun.push(x);
            return x === 1 ? derived([first], () => first.get() ?? 0) : state(x);
          },
          { initial: 0, maxBuffer: 1 },
        ),
      ),
    );
    n.set(1);
    n.set(2);
    n.set(3);
    first.complete();
    expect(begun).toEqual([1, 3]);
  });
});

describe('rescue', () => {
  it('goes on with the fallback when the input fails', () => {
    const local = producer<string>();
    const cloud = producer<string>();
    const asked: unknown[] = [];
    const seen = Inspector.observe(
      pipe(
        local,
        rescue((error) => {
          asked.push(error);
          return cloud;
        }),
      ),
    );
    local.emit('half an ans');
    local.error('out of memory');
    cloud.emit('whole answer');
    cloud.complete();
    expect([seen.values, asked, seen.completedCleanly]).toEqual([
      ['half an ans', 'whole answer'],
      ['out of memory'],
      true,
    ]);
  });

  it('asks again when the fallback fails too', () => {
    const asked: unknown[] = [];
    const seen = Inspector.observe(
      pipe(
        failing('first'),
        rescue((error) => {
          asked.push(error);
          return error === 'first' ? failing('second') : state<string | undefined>('last resort');
        }),
      ),
    );
    expect([asked, seen.values]).toEqual([['first', 'second'], ['last resort']]);
  });

  it('rescues request by request when it stands inside the inner store', () => {
    const request = state(0);
    const answer = (n: number) =>
      pipe(
        n % 2 === 0 ? failing('local failed') : state<string | undefined>(`local ${n}`),
        rescue(() => state<string | undefined>(`cloud ${n}`)),
      );
    const heard: unknown[] = [];
    subscribe(pipe(request, switchMap(answer)), (text) => heard.push(text));
    for (const n of [1, 2, 3, 4]) request.set(n);
    expect(heard).toEqual(['local 1', 'cloud 2', 'local 3', 'cloud 4']);
  });
});
