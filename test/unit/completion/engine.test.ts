import { describe, expect, it } from 'vitest';
import { settle } from '../../bench/completion/sim/virtual-clock';
import { Desk } from './bench';

const SHOP = 'const prices = load();\nconst total = █\n';

describe('asking the model', () => {
  it('starts at the key, before the editor asks', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    expect(desk.model.calls).toHaveLength(1);
    expect(desk.model.last.request.prefix.endsWith('const total = p')).toBe(true);
    expect(desk.ghost()).toBe('(waiting-for-model)');
  });

  it('answers while the user types what was suggested, with no further request', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices.reduce(add)');
    await desk.model.last.finish();
    expect(desk.ghost()).toBe('rices.reduce(add)');
    await desk.type('rices.');
    expect(desk.ghost()).toBe('reduce(add)');
    expect(desk.model.calls).toHaveLength(1);
  });

  it('finds the answer again after deleting back and typing on', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices.reduce(add)');
    await desk.model.last.finish();
    await desk.type('ri');
    await desk.backspace(2);
    expect(desk.ghost()).toBe('rices.reduce(add)');
    await desk.type('ric');
    expect(desk.ghost()).toBe('es.reduce(add)');
    expect(desk.model.calls).toHaveLength(1);
  });

  it('keeps a request whose answer may still fit, and joins it', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.type('ri');
    await desk.model.last.say('rices.reduce');
    expect(desk.ghost()).toBe('ces.reduce');
    expect(desk.model.calls).toHaveLength(1);
  });

  it('stops a request before its first token when the caret goes elsewhere', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    desk.engine.moveCaret('doc', 3);
    expect(desk.model.last.signal.aborted).toBe(true);
  });

  it('shows what a given-up request had said when the caret comes back, and asks for the rest', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices');
    desk.engine.moveCaret('doc', 3);
    expect(desk.model.last.signal.aborted).toBe(true);
    await settle();

    expect(desk.ghost()).toBe('rices');
    expect(desk.model.calls).toHaveLength(2);
    expect(desk.model.last.request.prefix.endsWith('prices')).toBe(true);
    await desk.model.last.say('.length');
    expect(desk.ghost()).toBe('rices.length');
  });

  it('stops a request whose text contradicts what was typed, and asks again from there', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.type('ay');
    await desk.model.last.say('rices');
    expect(desk.model.calls[0]?.signal.aborted).toBe(true);
    expect(desk.model.calls).toHaveLength(2);
    expect(desk.model.last.request.prefix.endsWith('pay')).toBe(true);
  });

  it('never asks the same question twice when the model has nothing to say', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.finish();
    expect(desk.ghost()).toBe('(nothing-to-add)');
    expect(desk.ghost()).toBe('(nothing-to-add)');
    expect(desk.model.calls).toHaveLength(1);
  });

  it('gives the model a rest after three failures, and tries again later', async () => {
    const desk = new Desk(SHOP);
    for (const key of 'abc') {
      await desk.insert(key);
      await desk.model.last.fail();
    }
    await desk.insert('d');
    expect(desk.model.calls).toHaveLength(3);
    expect(desk.ghost()).toBe('(model-failing)');
    await desk.clock.runUntil(desk.clock.now() + 5_001);
    await desk.insert('e');
    expect(desk.model.calls).toHaveLength(4);
  });

  it('asks for a second answer while the first one is typed along', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say(`rices.${'reduce().'.repeat(12)}`);
    await desk.model.last.finish();
    for (const key of `rices.${'reduce().'.repeat(8)}`) {
      desk.ask();
      await desk.type(key);
    }
    expect(desk.events.filter((event) => event.type === 'request' && event.purpose === 'ahead')).toHaveLength(
      1,
    );
  });
});

describe('streaming', () => {
  it('shows the first text at once and extends it in place', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices');
    const first = desk.ask();
    await desk.model.last.say('.reduce');
    const second = desk.ask();
    expect(first).toMatchObject({ kind: 'show', text: 'rices', complete: false });
    expect(second).toMatchObject({ kind: 'show', text: 'rices.reduce' });
    expect(desk.refreshes).toBe(2);
    expect(first.kind === 'show' && second.kind === 'show' && first.id === second.id).toBe(true);
  });

  it('answers an editor that waits as soon as there is text', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    const answer = desk.engine.provide({ documentId: 'doc', offset: desk.offset, trigger: 'automatic' });
    await desk.model.last.say('rices');
    await expect(answer).resolves.toMatchObject({ kind: 'show', text: 'rices' });
  });

  it('tells an editor that waits when the user typed on', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    const answer = desk.engine.provide({ documentId: 'doc', offset: desk.offset, trigger: 'automatic' });
    await desk.insert('r');
    await expect(answer).resolves.toEqual({ kind: 'nothing', reason: 'superseded' });
  });

  it('does not change what is on the screen when another answer says otherwise', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices.reduce(add)');
    await desk.model.last.finish();
    expect(desk.ghost()).toBe('rices.reduce(add)');
    await desk.insert('r');
    expect(desk.ghost()).toBe('ices.reduce(add)');
  });
});

describe('where nothing is shown', () => {
  it('says so for a caret in the middle of a line', () => {
    expect(new Desk('total(█ prices)\n').ghost()).toBe('(mid-line)');
  });

  it('completes before closing brackets, and replaces those it writes itself', async () => {
    const desk = new Desk('total(█)\n');
    await desk.insert('p');
    await desk.model.last.say('rices)');
    await desk.model.last.finish();
    expect(desk.ask()).toMatchObject({ text: 'rices)', start: 7, end: 8 });
  });

  it('leaves excluded files alone', async () => {
    const desk = new Desk(SHOP);
    desk.engine.openDocument({
      id: 'env',
      path: '.env',
      languageId: 'plaintext',
      text: 'KEY=',
      excluded: true,
    });
    desk.engine.moveCaret('env', 4);
    desk.engine.changeDocument('env', [{ offset: 4, deleted: 0, inserted: 's' }]);
    await desk.clock.runUntil(1_000);
    expect(desk.engine.suggest({ documentId: 'env', offset: 5, trigger: 'invoke' })).toEqual({
      kind: 'nothing',
      reason: 'excluded-file',
    });
    expect(desk.model.calls).toHaveLength(0);
  });

  it('answers from the cache alone while paused', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices.reduce(add)');
    await desk.model.last.finish();
    desk.engine.setPaused(true);
    expect(desk.ghost()).toBe('rices.reduce(add)');
    await desk.insert('x');
    expect(desk.ghost()).toBe('(paused)');
    expect(desk.model.calls).toHaveLength(1);
  });

  it('asks only when asked where typing alone may not ask', async () => {
    const desk = new Desk(SHOP, { mayAskWhileTyping: () => false });
    await desk.type('pri');
    expect(desk.model.calls).toHaveLength(0);
    expect(desk.ghost({ trigger: 'invoke' })).toBe('(waiting-for-model)');
    await desk.clock.runUntil(desk.clock.now() + 1_000);
    expect(desk.model.calls).toHaveLength(1);
  });

  it('says that no model is set up', async () => {
    const desk = new Desk(SHOP, { noModel: true });
    await desk.insert('p');
    expect(desk.ghost()).toBe('(no-model)');
  });
});

describe('the suggest widget', () => {
  it('gets text that begins with its selected item', async () => {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices.reduce(add)');
    await desk.model.last.finish();
    const start = desk.offset - 1;
    expect(desk.ghost({ selected: { start, end: desk.offset, text: 'prices' } })).toBe('prices.reduce(add)');
    expect(desk.ghost({ selected: { start, end: desk.offset, text: 'parse' } })).toBe('(nothing-to-add)');
  });
});

describe('what became of a suggestion', () => {
  const verdicts = (desk: Desk): unknown[] =>
    desk.events.flatMap((event) => (event.type === 'verdict' ? [[event.verdict, event.acceptedChars]] : []));

  async function shown(): Promise<Desk> {
    const desk = new Desk(SHOP);
    await desk.insert('p');
    await desk.model.last.say('rices.reduce(add)');
    await desk.model.last.finish();
    desk.ask();
    return desk;
  }

  it('accepted: all of it came in one edit', async () => {
    const desk = await shown();
    await desk.insert('rices.reduce(add)');
    await desk.insert(';');
    expect(verdicts(desk)).toEqual([['accepted', 17]]);
  });

  it('partly accepted: a word came, the rest stays on offer', async () => {
    const desk = await shown();
    await desk.insert('rices');
    expect(desk.ghost()).toBe('.reduce(add)');
    await desk.insert('x');
    expect(verdicts(desk)).toEqual([['partly-accepted', 5]]);
  });

  it('rejected: something else was typed', async () => {
    const desk = await shown();
    await desk.insert('x');
    expect(verdicts(desk)).toEqual([['rejected', 0]]);
  });

  it('counts for the status bar', async () => {
    const desk = await shown();
    desk.ask();
    await desk.insert('rices.reduce(add)');
    await desk.insert(';');
    const stats = desk.engine.stats();
    expect(stats.byTrack.local).toMatchObject({ shown: 1, accepted: 1 });
    expect(stats.fromCache).toBe(2);
    expect(stats.requestsAvoided).toBeGreaterThanOrEqual(0);
  });
});

describe('Windows line ends', () => {
  it('are what the suggestion brings', async () => {
    const desk = new Desk('function f() {\r\n  if (x) {█\r\n}\r\n');
    await desk.insert('\r\n    ');
    await desk.clock.runUntil(1_000);
    await desk.model.last.say('return 1;\n  }');
    await desk.model.last.finish();
    expect(desk.ghost()).toBe('return 1;\r\n  }');
  });
});
