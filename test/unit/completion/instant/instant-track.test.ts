import { describe, expect, it } from 'vitest';
import { Desk } from '../bench';

const ROUTES = Array.from(
  { length: 12 },
  (_, i) => `  router.register('/path${i}', createHandler(options.path${i}));`,
).join('\n');
const FILE = `export function setUp(router) {\n${ROUTES}\n  rou█\n}\n`;

async function deskWithInstant(fixture: string, noModel = true): Promise<Desk> {
  const desk = new Desk(fixture, { instant: true, noModel });
  await desk.clock.runUntil(1_000);
  return desk;
}

describe('the instant track', () => {
  it('answers with no model at all', async () => {
    const desk = await deskWithInstant(FILE);
    await desk.insert('t');
    expect(desk.ghost()).toMatch(/^er\.register\(/);
    expect(desk.ask()).toMatchObject({ track: 'instant' });
  });

  it('keeps still while it is switched off, and the model goes on answering', async () => {
    const desk = await deskWithInstant(FILE, false);
    desk.engine.setInstant(false);
    await desk.insert('t');
    expect(desk.ghost()).toBe('(waiting-for-model)');
    await desk.model.last.say('ine(everything)');
    expect(desk.ask()).toMatchObject({ track: 'local', text: 'ine(everything)' });
  });

  it('takes off the screen what it showed when it is switched off', async () => {
    const desk = await deskWithInstant(FILE);
    await desk.insert('t');
    expect(desk.ask()).toMatchObject({ track: 'instant' });
    desk.engine.setInstant(false);
    expect(desk.ghost()).toBe('(no-model)');
  });

  it('says nothing where nothing like it was seen', async () => {
    const desk = await deskWithInstant('const zebra = 1;\n█\n');
    await desk.type('qx');
    expect(desk.ghost()).toBe('(no-model)');
  });

  it('is extended by the model without a change of what is shown', async () => {
    const desk = await deskWithInstant(FILE, false);
    await desk.insert('t');
    const shown = desk.ghost();
    await desk.model.last.say(`${shown}/extra', handler);`);
    expect(desk.ask()).toMatchObject({ track: 'mixed', text: `${shown}/extra', handler);` });
  });

  it('keeps its text when the model says otherwise', async () => {
    const desk = await deskWithInstant(FILE, false);
    await desk.insert('t');
    const shown = desk.ghost();
    await desk.model.last.say('ine(everything)');
    expect(desk.ghost()).toBe(shown);
  });

  it('learns from other files of the project, and forgets them', async () => {
    const desk = await deskWithInstant('import x\n█\n');
    const other = Array.from({ length: 10 }, () => 'await telemetry.flushPending(queue);').join('\n');
    desk.engine.learnFile('src/telemetry.ts', other);
    await desk.clock.runUntil(2_000);
    await desk.type('await tele');
    expect(desk.ghost()).toMatch(/^metry\.flushPending/);
    desk.engine.forgetFile('src/telemetry.ts');
    await desk.backspace(4);
    await desk.type('tele');
    expect(desk.ghost()).toBe('(no-model)');
  });

  it('learns a line as soon as it is written', async () => {
    const desk = await deskWithInstant('█\n');
    for (let i = 0; i < 6; i++) {
      await desk.type(`counter.increment(step);`);
      await desk.insert('\n');
    }
    await desk.type('counter');
    expect(desk.ghost()).toMatch(/^\.increment\(/);
  });
});
