import { derived, effect, subscribe } from 'callbag-recharge';
import { expect, test } from 'vitest';
import type { Feedback, Outcome } from '../../../src/routing/outcome';
import { settled } from './a-clock';
import { aRequest, aYard, eventsOf, never, story, type TestYard } from './a-yard';
import { CLOUD_SMALL, LOCAL_CHAT } from './a-world';

const DOUBTFUL = -3;

function heard({ yard }: TestYard): Outcome[] {
  const outcomes: Outcome[] = [];
  subscribe(yard.outcomes, (outcome) => {
    if (outcome !== undefined) outcomes.push(outcome);
  });
  return outcomes;
}

test('an explanation is answered by the local model and streams as it comes', async () => {
  const it = aYard();
  const outcomes = heard(it);
  const ticket = it.yard.submit(aRequest('explain'));
  expect(story(await eventsOf(ticket))).toEqual([
    'local first',
    '"an "',
    '"answer"',
    'answered',
    'answered by local',
  ]);
  await settled();
  expect(outcomes).toEqual([await ticket.outcome]);
  expect(it.small.calls).toHaveLength(0);
});

test('a local failure is rescued by the cloud, and so is the next one', async () => {
  const it = aYard();
  it.chat.scripts = [{ fail: 'unreachable' }];
  for (let count = 0; count < 2; count += 1) {
    const ticket = it.yard.submit(aRequest('explain'));
    expect(story(await eventsOf(ticket))).toEqual([
      'local first',
      'failed',
      'fallback to small',
      'cloud fallback',
      '"an "',
      '"answer"',
      'answered',
      'answered by cloud',
    ]);
  }
});

test('a doubtful answer stays, and the cloud answers beside it', async () => {
  const it = aYard();
  it.chat.scripts = [{ logprob: DOUBTFUL }];
  const ticket = it.yard.submit(aRequest('explain'));
  const events = await eventsOf(ticket);
  expect(story(events)).toEqual([
    'local first',
    '"an "',
    '"answer"',
    'doubted',
    'escalation to small',
    'cloud escalation',
    '"an "',
    '"answer"',
    'answered',
    'answered by cloud',
  ]);
  const rescue = events.find((event) => event.type === 'rescue');
  expect(rescue).toMatchObject({ to: CLOUD_SMALL, estimate: { usd: 0.002501 } });
  expect((await ticket.outcome).attempts.map((attempt) => attempt.end.kind)).toEqual(['doubted', 'answered']);
});

test('where the escalation fails, the local answer stands and says so', async () => {
  const it = aYard();
  it.chat.scripts = [{ logprob: DOUBTFUL }];
  it.small.scripts = [{ fail: 'overloaded' }];
  const { result, decision } = await it.yard.submit(aRequest('explain')).outcome;
  expect(result).toEqual({ kind: 'answered', track: 'local' });
  expect(decision.reasons.map((reason) => reason.code)).toContain('escalation-failed');
});

test('an answer counts as redone once the cloud has answered in its place', async () => {
  const it = aYard();
  const told: Feedback[] = [];
  subscribe(it.yard.feedbacks, (feedback) => {
    if (feedback !== undefined) told.push(feedback);
  });
  it.small.scripts = [{ fail: 'overloaded' }, { wait: never }, {}];
  const redo = () => it.yard.submit(aRequest('explain', { override: 'cloud', redoOf: 'local' }));
  expect((await redo().outcome).result.kind).toBe('failed');
  const stopped = redo();
  await settled();
  stopped.cancel();
  expect((await stopped.outcome).result.kind).toBe('cancelled');
  await settled();
  expect(told).toEqual([]);
  expect((await redo().outcome).result.kind).toBe('answered');
  await settled();
  expect(told).toMatchObject([{ requestId: 'local', verdict: 'redone' }]);
});

test('two cloud requests close together are both answered', async () => {
  const it = aYard();
  const tickets = [it.yard.submit(aRequest('refactor')), it.yard.submit(aRequest('refactor'))];
  const outcomes = await Promise.all(tickets.map((ticket) => ticket.outcome));
  expect(outcomes.map((outcome) => outcome.result)).toEqual([
    { kind: 'answered', track: 'cloud' },
    { kind: 'answered', track: 'cloud' },
  ]);
});

test('a newer completion cancels the one before it at the server, and both have an outcome', async () => {
  const it = aYard();
  const outcomes = heard(it);
  it.coder.scripts = [{ wait: never }, {}];
  const stale = it.yard.submit(aRequest('complete'));
  await settled();
  expect(it.coder.open).toBe(1);
  const fresh = it.yard.submit(aRequest('complete'));
  expect((await stale.outcome).result).toEqual({ kind: 'cancelled' });
  expect((await fresh.outcome).result).toEqual({ kind: 'answered', track: 'local' });
  await settled();
  expect(it.coder.calls.map((call) => call.aborted)).toEqual([true, false]);
  expect(outcomes.map((outcome) => outcome.requestId).sort()).toEqual([stale.id, fresh.id].sort());
});

test('a completion does not cancel an explanation', async () => {
  const it = aYard();
  it.chat.scripts = [{ wait: never }];
  it.yard.submit(aRequest('explain'));
  await it.yard.submit(aRequest('complete')).outcome;
  expect(it.chat.open).toBe(1);
  it.yard.dispose();
});

test('a cancelled request stops at the server at once, before its first token too', async () => {
  const it = aYard();
  it.chat.scripts = [{ wait: never }];
  const ticket = it.yard.submit(aRequest('explain'));
  await settled();
  ticket.cancel();
  expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  expect(it.chat.calls[0]).toEqual({ aborted: true, ended: false });
  ticket.cancel();
});

test('a request that is cancelled before it starts calls nobody', async () => {
  const it = aYard();
  const ticket = it.yard.submit(aRequest('explain'));
  ticket.cancel();
  expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  expect(it.chat.calls).toHaveLength(0);
});

test('what the workspace predicts is answered at once and calls nobody', async () => {
  const it = aYard();
  const ticket = it.yard.submit(aRequest('complete', { instant: { text: 'done()', confidence: 1 } }));
  expect(story(await eventsOf(ticket))).toEqual(['"done()"', 'answered by instant']);
  expect(it.coder.calls).toHaveLength(0);
});

test('requests made in the same batch, or while hearing an outcome, are all answered', async () => {
  const it = aYard();
  const outcomes = heard(it);
  let again = true;
  subscribe(it.yard.outcomes, () => {
    if (again) it.yard.submit(aRequest('explain'));
    again = false;
  });
  const { batch } = await import('callbag-recharge');
  batch(() => {
    it.yard.submit(aRequest('explain'));
    it.yard.submit(aRequest('ask'));
  });
  await settled();
  await settled();
  expect(outcomes.map((outcome) => outcome.task).sort()).toEqual(['ask', 'explain', 'explain']);
});

test('a listener that throws takes nothing from the others', async () => {
  const it = aYard();
  subscribe(it.yard.outcomes, () => {
    throw new Error('broken view');
  });
  const outcomes = heard(it);
  await it.yard.submit(aRequest('explain')).outcome;
  await it.yard.submit(aRequest('explain')).outcome;
  await settled();
  expect(outcomes).toHaveLength(2);
  expect(it.log).toEqual(['A listener of the yard failed.', 'A listener of the yard failed.']);
});

test('disposing cancels what runs, and every request still gets its outcome', async () => {
  const it = aYard();
  const outcomes = heard(it);
  it.chat.scripts = [{ wait: never }];
  it.large.scripts = [{ wait: never }];
  const tickets = [it.yard.submit(aRequest('explain')), it.yard.submit(aRequest('ask'))];
  await settled();
  it.yard.dispose();
  const late = it.yard.submit(aRequest('ask'));
  for (const ticket of [...tickets, late]) {
    expect((await ticket.outcome).result).toEqual({ kind: 'cancelled' });
  }
  await settled();
  expect(outcomes).toHaveLength(2);
  expect([it.chat.open, it.large.open, it.clock.pending]).toEqual([0, 0, 0]);
});

test('views can be derived from what the yard tells, without glitches', async () => {
  const it = aYard();
  const line = derived(
    [it.yard.active, it.yard.outcomes],
    () => `${it.yard.active.get().length} ${it.yard.outcomes.get()?.result.kind ?? '-'}`,
  );
  const lines: string[] = [];
  const stop = effect([line], () => {
    lines.push(line.get());
    return undefined;
  });
  await it.yard.submit(aRequest('explain')).outcome;
  await settled();
  stop();
  expect(lines[0]).toBe('0 -');
  expect(lines.at(-1)).toBe('0 answered');
  expect(lines).toContain('1 -');
});

test('a decision can be foretold without sending anything', async () => {
  const it = aYard();
  const request = aRequest('refactor');
  expect(it.yard.forecast(request)).toEqual((await it.yard.submit(request).outcome).decision);
  expect(it.large.calls).toHaveLength(1);
});

test('a predictor that throws does not take the request with it', async () => {
  const it = aYard(
    {},
    {
      predict: () => {
        throw new Error('broken weights');
      },
    },
  );
  expect((await it.yard.submit(aRequest('explain')).outcome).result.kind).toBe('answered');
  expect(it.log).toEqual(['A decision had to be made without predictor, prices and history.']);
});

test('what is under way can be seen', async () => {
  const it = aYard();
  it.chat.scripts = [{ wait: never }];
  const ticket = it.yard.submit(aRequest('explain'));
  await settled();
  expect(it.yard.active.get()).toEqual([
    { id: ticket.id, task: 'explain', track: 'local', model: LOCAL_CHAT, since: 1_000_000 },
  ]);
  ticket.cancel();
  await ticket.outcome;
  await settled();
  expect(it.yard.active.get()).toEqual([]);
});

test('what is under way names the model that has it now, also after a rescue', async () => {
  const it = aYard();
  it.chat.scripts = [{ fail: 'unreachable' }];
  it.small.scripts = [{ wait: never }];
  const ticket = it.yard.submit(aRequest('explain'));
  await settled();
  expect(it.yard.active.get()).toMatchObject([{ id: ticket.id, track: 'cloud', model: CLOUD_SMALL }]);
  ticket.cancel();
  await ticket.outcome;
});

test('the graph can be drawn with its latest values, and shows no text', async () => {
  const it = aYard();
  await it.yard.submit(aRequest('explain')).outcome;
  await settled();
  const { nodes, edges } = it.yard.graphView();
  expect(nodes.find((node) => node.name === 'outcomes')?.value).toBe('explain answered');
  expect(edges).toContainEqual({ from: 'ended', to: 'outcomes' });
  expect(new Set(edges.flatMap(({ from, to }) => [from, to])).size).toBeGreaterThan(18);
  expect(JSON.stringify(nodes)).not.toContain('an answer');
});
