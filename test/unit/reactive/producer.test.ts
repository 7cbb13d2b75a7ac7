import { batch, producer, subscribe } from 'callbag-recharge';
import { describe, expect, it } from 'vitest';

describe('a producer', () => {
  it('starts with its first subscriber and stops with its last', () => {
    const log: string[] = [];
    const source = producer<number>(() => {
      log.push('start');
      return () => log.push('stop');
    });
    const first = subscribe(source, () => undefined);
    const second = subscribe(source, () => undefined);
    first.unsubscribe();
    log.push('one left');
    second.unsubscribe();
    subscribe(source, () => undefined);
    expect(log).toEqual(['start', 'one left', 'stop', 'start']);
  });

  it('lets all be heard that it emits while starting', () => {
    const source = producer<number>(
      ({ emit }) => {
        emit(1);
        emit(2);
        return undefined;
      },
      { initial: 0 },
    );
    const heard: unknown[] = [];
    subscribe(source, (value, previous) => heard.push([value, previous]));
    expect(heard).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('cleans up before its subscribers hear the end, and says nothing after it', () => {
    const log: unknown[] = [];
    const source = producer<number>(() => () => log.push('clean'));
    subscribe(source, (value) => log.push(value), { onEnd: (error) => log.push(error) });
    source.emit(1);
    source.error('broken');
    source.emit(2);
    source.complete();
    expect(log).toEqual([1, 'clean', 'broken']);
  });

  it('tells a late subscriber only that it is over', () => {
    const source = producer<number>();
    source.complete();
    let ended = false;
    subscribe(source, () => undefined, { onEnd: () => (ended = true) });
    expect(ended).toBe(true);
  });

  it('starts anew after its end if it is resubscribable, even for one who subscribes on hearing the end', () => {
    let starts = 0;
    const source = producer<number>(
      () => {
        starts += 1;
        return undefined;
      },
      { resubscribable: true },
    );
    const heard: unknown[] = [];
    subscribe(source, () => undefined, {
      onEnd: () => {
        subscribe(source, (value) => heard.push(value));
      },
    });
    source.complete();
    source.emit(7);
    expect([starts, heard]).toEqual([2, [7]]);
  });

  it('forgets its value when its last subscriber leaves, if told to', () => {
    const source = producer<number>(undefined, { initial: 0, resetOnTeardown: true });
    const running = producer<number>(() => undefined, { initial: 0, resetOnTeardown: true });
    const subscription = subscribe(running, () => undefined);
    running.emit(5);
    subscription.unsubscribe();
    expect([source.get(), running.get()]).toEqual([0, 0]);
  });

  it('sends only the last value of a batch', () => {
    const source = producer<number>();
    const heard: unknown[] = [];
    subscribe(source, (value) => heard.push(value));
    batch(() => {
      source.emit(1);
      source.emit(2);
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual([2]);
  });
});
