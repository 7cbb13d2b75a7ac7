import { describe, expect, it } from 'vitest';
import { EngineProcess } from '../../../../src/models/inside/engine-process';
import type { Order } from '../../../../src/models/inside/protocol';
import { insideModel } from '../../../../src/models/inside/model';
import { TokenRatio } from '../../../../src/models/tokens';
import { HandClock, settled } from '../../routing/a-clock';
import { chat, collect, never, OPTIONS, type Collected } from '../asking';
import { children, wellBehaved, type ScriptedChild } from './a-child';

const LOAD = { file: '/models/tiny.gguf', contextTokens: 1024, continues: false };

function anEngine(onOrder: (order: Order, child: ScriptedChild) => void = wellBehaved) {
  const clock = new HandClock();
  const { start, all } = children((order, child) => onOrder(order, child));
  const engine = new EngineProcess({ start, load: LOAD, clock });
  const model = insideModel({
    ref: { provider: 'inside', id: 'tiny', place: 'local' },
    contextTokens: 1024,
    canInfill: true,
    engine: () => engine,
    ratio: new TokenRatio('inside'),
    clock,
  });
  const ask = async (signal = never()): Promise<Collected> => {
    const answer = await collect(model.chat(chat('Well?'), OPTIONS, signal));
    // The call is tidied up behind its last event.
    await settled();
    return answer;
  };
  return { clock, engine, all, ask };
}

/** Loads, then ends in the middle of each answer. */
const crashing = (order: Order, child: ScriptedChild): void => {
  if (order.type === 'load') child.reports({ type: 'loaded', loadMs: 5 });
  if (order.type === 'ask') child.ends({ signal: 'SIGABRT' });
};

describe("the engine's process", () => {
  it('starts with the first question and serves the next ones too', async () => {
    const { all, ask } = anEngine();

    const first = await ask();
    const second = await ask();

    expect(first.text).toBe('Yes.');
    expect(first.end).toMatchObject({
      finish: 'stop',
      usage: { inputTokens: 4, outputTokens: 1, estimated: false },
      timings: { promptEvalMs: 3, generateMs: 2 },
    });
    expect(second.text).toBe('Yes.');
    expect(all).toHaveLength(1);
    expect(all[0]?.orders[0]).toEqual({ type: 'load', load: LOAD });
  });

  it('costs one answer when it crashes, and is started anew', async () => {
    let crashes = 1;
    const { all, ask, clock } = anEngine((order, child) => {
      if (order.type === 'ask' && crashes-- > 0) child.ends({ signal: 'SIGSEGV' });
      else wellBehaved(order, child);
    });

    const lost = await ask();
    const next = ask();
    await clock.turn(500);

    expect(lost.error?.kind).toBe('server');
    expect(lost.error?.message).toContain('SIGSEGV');
    expect((await next).text).toBe('Yes.');
    expect(all).toHaveLength(2);
  });

  it.each([
    [{ signal: 'SIGKILL' }, 'out-of-memory'],
    [{ signal: 'SIGABRT', lastWords: 'ggml: failed to allocate 1234 bytes' }, 'out-of-memory'],
    [{ code: 1 }, 'server'],
    [{}, 'server'],
  ])('says what its end (%o) means', async (end, kind) => {
    const { ask } = anEngine((order, child) => {
      if (order.type === 'load') child.ends(end);
    });

    expect((await ask()).error?.kind).toBe(kind);
  });

  it('waits longer after each crash, and counts as down after three in a row', async () => {
    const { all, ask, clock, engine } = anEngine(crashing);

    await ask();
    const second = ask();
    await settled();
    expect(all).toHaveLength(1);
    await clock.turn(500);
    await second;
    const third = ask();
    await clock.turn(500);
    expect(all).toHaveLength(2);
    await clock.turn(500);
    await third;

    expect(engine.down).toMatch(/3 times in a row.*SIGABRT/);
    const refused = await ask();
    expect(refused.error?.kind).toBe('unreachable');
    expect(all).toHaveLength(3);
  });

  it('is tried once more after a minute, and a whole answer forgets the crashes', async () => {
    let healthy = false;
    const { ask, clock, engine } = anEngine((order, child) =>
      healthy ? wellBehaved(order, child) : crashing(order, child),
    );
    await ask();
    for (let times = 0; times < 2; times += 1) {
      const asking = ask();
      await clock.turn(1000);
      await asking;
    }

    healthy = true;
    await clock.turn(60_000);

    expect(engine.down).toBeUndefined();
    expect((await ask()).text).toBe('Yes.');
    expect((await ask()).text).toBe('Yes.');
  });

  it('is asked to stop when a call is cancelled, and goes on serving', async () => {
    const { all, ask } = anEngine((order, child) => {
      if (order.type === 'ask' && order.call === 1) return;
      wellBehaved(order, child);
    });
    const stop = new AbortController();
    const asking = ask(stop.signal);
    await settled();
    stop.abort();

    expect((await asking).error?.kind).toBe('cancelled');
    expect(all[0]?.orders.at(-1)).toEqual({ type: 'cancel', call: 1 });
    expect((await ask()).text).toBe('Yes.');
    expect(all).toHaveLength(1);
  });

  it('is ended when it does not stop', async () => {
    const { all, ask, clock } = anEngine((order, child) => {
      if (order.type === 'load') wellBehaved(order, child);
      if (all.length > 1) wellBehaved(order, child);
    });
    const stop = new AbortController();
    const asking = ask(stop.signal);
    await settled();
    stop.abort();
    await asking;

    await clock.turn(19_000);
    expect(all[0]?.killed).toBe(false);
    await clock.turn(1_000);
    expect(all[0]?.killed).toBe(true);
    const next = ask();
    await clock.turn(500);
    expect((await next).text).toBe('Yes.');
  });

  it('runs into the deadline of a call when it hangs while loading, and loads on for the next', async () => {
    const { all, ask, clock } = anEngine((order, child) => {
      if (order.type !== 'load') wellBehaved(order, child);
    });
    const asking = ask();
    await clock.turn(OPTIONS.deadline.firstTokenMs);

    expect((await asking).error?.kind).toBe('timeout');
    all[0]?.reports({ type: 'loaded', loadMs: 12_000 });
    expect((await ask()).text).toBe('Yes.');
    expect(all).toHaveLength(1);
  });

  it('is unloaded when nobody asked for a while', async () => {
    const { all, ask, clock, engine } = anEngine();
    await ask();

    await clock.turn(9 * 60_000);
    await ask();
    await clock.turn(9 * 60_000);
    expect(engine.isRunning).toBe(true);
    await clock.turn(60_000);

    expect(all[0]?.killed).toBe(true);
    expect(engine.isRunning).toBe(false);
    expect(clock.pending).toBe(0);
    expect((await ask()).text).toBe('Yes.');
    expect(engine.down).toBeUndefined();
  });

  it('is ended when what it says is no report', async () => {
    const { all, ask } = anEngine((order, child) => {
      if (order.type === 'load') wellBehaved(order, child);
      else child.reports({ type: 'text', call: 'one' });
    });

    expect((await ask()).error?.kind).toBe('server');
    expect(all[0]?.killed).toBe(true);
  });

  it('fails in its own words where the weights cannot be loaded', async () => {
    const { ask } = anEngine((order, child) => {
      if (order.type === 'load')
        child.reports({ type: 'not-loaded', failure: 'out-of-memory', message: 'Not enough memory.' });
    });

    const { error } = await ask();

    expect([error?.kind, error?.message]).toEqual(['out-of-memory', 'Not enough memory.']);
  });
});
