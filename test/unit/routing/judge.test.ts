import { expect, test } from 'vitest';
import { settled } from './a-clock';
import { never, aRequest, aYard } from './a-yard';

const WORDS = ['It sorts ', 'the users ', 'by their ', 'names.'];

test('a confident answer asks for no second sample', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS, logprob: -0.05 }];
  const { attempts } = await it.yard.submit(aRequest('explain')).outcome;
  expect(attempts).toHaveLength(1);
  expect(attempts[0]?.confidence).toBeGreaterThan(0.8);
});

test('where the checks cannot say, a second sample that agrees settles it', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }, { text: WORDS }];
  const { attempts, result } = await it.yard.submit(aRequest('explain')).outcome;
  expect(attempts.map((attempt) => attempt.role)).toEqual(['first', 'sample']);
  expect(attempts[0]?.end.kind).toBe('answered');
  expect(attempts[0]?.evidence.at(-1)?.saw).toBe('a second sample shares 100 % of its words');
  expect(result).toEqual({ kind: 'answered', track: 'local' });
});

test('one that disagrees escalates', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }, { text: ['Opens a ', 'socket and ', 'waits.'] }];
  const { attempts, result } = await it.yard.submit(aRequest('explain')).outcome;
  expect(attempts.map((attempt) => attempt.role)).toEqual(['first', 'sample', 'escalation']);
  expect(result).toEqual({ kind: 'answered', track: 'cloud' });
});

test('a second sample that fails leaves the matter open, and the local answer stands', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }, { fail: 'busy' }];
  const { attempts, result } = await it.yard.submit(aRequest('explain')).outcome;
  expect(attempts.map((attempt) => attempt.end.kind)).toEqual(['answered', 'failed']);
  expect(result).toEqual({ kind: 'answered', track: 'local' });
});

test('a second sample that hangs is given up after three seconds, and the local answer stands', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }, { wait: never }];
  const { outcome } = it.yard.submit(aRequest('explain'));
  await settled();
  await it.clock.turn(3_000);
  const { attempts, result } = await outcome;
  expect(attempts.map((attempt) => attempt.end.kind)).toEqual(['answered', 'cancelled']);
  expect(result).toEqual({ kind: 'answered', track: 'local' });
  expect(it.chat.calls[1]?.aborted).toBe(true);
  expect(it.clock.pending).toBe(0);
});

test('a cancel stops the second sample at the server, and what it used is written down', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }, { text: WORDS, hold: never }];
  const ticket = it.yard.submit(aRequest('explain'));
  await settled();
  ticket.cancel();
  const { attempts, result } = await ticket.outcome;
  expect(result).toEqual({ kind: 'cancelled' });
  expect(it.chat.calls[1]?.aborted).toBe(true);
  expect(attempts[1]).toMatchObject({ role: 'sample', usage: { outputTokens: 4, estimated: true } });
  expect(it.clock.pending).toBe(0);
});

test('no second sample where nothing could come of it', async () => {
  const it = aYard({ offline: true });
  it.chat.scripts = [{ text: WORDS }];
  expect((await it.yard.submit(aRequest('explain')).outcome).attempts).toHaveLength(1);
  expect((await it.yard.submit(aRequest('complete')).outcome).attempts).toHaveLength(1);
});

test("a request's own checks count", async () => {
  const it = aYard({ thresholds: { explain: 0.9 } });
  it.chat.scripts = [{ text: WORDS, logprob: -0.05 }];
  const parses = {
    name: 'parses',
    run: () => ({ check: 'parses', saw: 'one new syntax error', score: 0.1 }),
  };
  const { attempts } = await it.yard.submit(aRequest('explain', { checks: [parses] })).outcome;
  expect(attempts[0]?.evidence.map((evidence) => evidence.check)).toContain('parses');
  expect(attempts.map((attempt) => attempt.role)).toEqual(['first', 'escalation']);
});

test('a cancel while checks run ends the request at once', async () => {
  const it = aYard();
  const slow = { name: 'diagnostics', run: () => never };
  const ticket = it.yard.submit(aRequest('explain', { checks: [slow] }));
  for await (const event of ticket.events) if (event.type === 'text') ticket.cancel();
  expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  expect(it.clock.pending).toBe(0);
});

test('the second sample is not heard by the surface', async () => {
  const it = aYard();
  it.chat.scripts = [{ text: WORDS }, { text: WORDS }];
  const ticket = it.yard.submit(aRequest('explain'));
  const heard: string[] = [];
  for await (const event of ticket.events) if (event.type === 'text') heard.push(event.text);
  expect(heard).toEqual(WORDS);
});
