import { subscribe } from 'callbag-recharge';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FailureKind } from '../../../src/models/failure';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { CloudPrompt, YardRequest } from '../../../src/routing/request';
import type { Ticket, TicketEvent } from '../../../src/routing/yard';
import { settled } from './a-clock';
import type { FakeModel, Script } from './a-model';
import { aPolicy } from './a-world';
import { aRequest, aYard, eventsOf, never, type TestYard } from './a-yard';

const FAILURES: readonly FailureKind[] = [
  'unreachable',
  'timeout',
  'overloaded',
  'rate-limited',
  'protocol',
  'model-missing',
  'context-too-long',
  'bad-key',
  'refused',
];

const aScript: fc.Arbitrary<Script> = fc.record(
  {
    logprob: fc.constantFrom(-0.01, -3, 0),
    fail: fc.constantFrom(...FAILURES),
    wait: fc.constantFrom(Promise.resolve(), never),
    hold: fc.constantFrom(Promise.resolve(), never),
    finish: fc.constantFrom('stop' as const, 'length' as const, 'refusal' as const),
  },
  { requiredKeys: [] },
);

/** What happens, one thing after the other, while requests overlap. */
type Move =
  | { readonly kind: 'submit'; readonly task: YardRequest['task']; readonly over: Partial<YardRequest> }
  | { readonly kind: 'preview'; readonly answer: 'never' | 'declined' | 'broken' }
  | { readonly kind: 'cancel' | 'enough'; readonly which: number }
  | { readonly kind: 'wait' | 'offline' | 'online' | 'capped' | 'uncapped' | 'probe' };

const aMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      task: fc.constantFrom('complete' as const, 'explain' as const, 'refactor' as const, 'ask' as const),
      over: fc.record(
        {
          override: fc.constantFrom('local' as const, 'cloud' as const),
          instant: fc.constant({ text: 'x', confidence: 1 }),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('preview' as const),
      answer: fc.constantFrom('never' as const, 'declined' as const, 'broken' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'enough' as const), which: fc.nat(30) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'wait' as const,
        'wait' as const,
        'offline' as const,
        'online' as const,
        'capped' as const,
        'uncapped' as const,
        'probe' as const,
      ),
    }),
  },
);

const cloudPrompt = (answer: 'never' | 'declined' | 'broken'): Promise<CloudPrompt> => {
  if (answer === 'never') return never;
  if (answer === 'broken') return Promise.reject(new Error('broken'));
  return Promise.resolve({ ok: false, rule: 'declined-at-preview', report: NOTHING_TO_REPORT });
};

async function make(it: TestYard, move: Move, tickets: Ticket[]): Promise<void> {
  switch (move.kind) {
    case 'submit':
      tickets.push(it.yard.submit(aRequest(move.task, move.over)));
      break;
    case 'preview': {
      const prompts = { ...aRequest('ask').prompts, cloud: () => cloudPrompt(move.answer) };
      tickets.push(it.yard.submit(aRequest('ask', { prompts })));
      break;
    }
    case 'cancel':
      tickets[move.which]?.cancel();
      break;
    case 'enough':
      tickets[move.which]?.enough();
      break;
    case 'wait':
      await settled();
      break;
    case 'offline':
    case 'online':
      it.policy.set(aPolicy({ offline: move.kind === 'offline', completionsMayUseCloud: true }));
      break;
    case 'capped':
    case 'uncapped':
      it.budget.level = move.kind === 'capped' ? 'capped' : 'ok';
      break;
    case 'probe':
      await it.clock.turn(15_000);
      break;
  }
}

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeAll(() => process.on('unhandledRejection', note));
afterAll(() => process.off('unhandledRejection', note));

test('whatever happens while requests overlap, each has exactly one outcome and leaves nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aMove, { minLength: 1, maxLength: 40 }),
      fc.array(aScript, { minLength: 4, maxLength: 4 }),
      fc.array(aScript, { minLength: 4, maxLength: 4 }),
      fc.constantFrom('allow-once' as const, 'local' as const, 'stop' as const),
      async (moves, early, late, atCap) => {
        const it = aYard({ completionsMayUseCloud: true }, { askOverCap: () => Promise.resolve(atCap) });
        const models: FakeModel[] = [it.coder, it.chat, it.small, it.large];
        for (const [index, model] of models.entries())
          model.scripts = [early[index] ?? {}, late[index] ?? {}];
        const outcomes: string[] = [];
        subscribe(it.yard.outcomes, (outcome) => {
          if (outcome !== undefined) outcomes.push(outcome.requestId);
        });
        const tickets: Ticket[] = [];
        for (const move of moves) await make(it, move, tickets);
        const stories = tickets.map((ticket) => eventsOf(ticket));
        await settled();
        it.yard.dispose();
        it.health.dispose();
        const told = await Promise.all(stories);
        await settled();
        await settled();

        expect(outcomes.sort()).toEqual(tickets.map((ticket) => ticket.id).sort());
        for (const events of told) expect(endsWell(events)).toBe(true);
        expect(models.map((model) => model.open)).toEqual([0, 0, 0, 0]);
        expect(it.budget.held.filter((entry) => entry.settled.length !== 1)).toEqual([]);
        expect(sentTwice(told)).toEqual([]);
        expect(it.yard.active.get()).toEqual([]);
        expect(it.clock.pending).toBe(0);
        expect(it.log).toEqual([]);
        expect(unhandled).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);

/** Decided first, the outcome last and once, and each text after its attempt was announced. */
function endsWell(events: readonly TicketEvent[]): boolean {
  const kinds = events.map((event) => event.type);
  const instant = events.some(
    (event) =>
      event.type === 'outcome' &&
      event.outcome.result.kind === 'answered' &&
      event.outcome.result.track === 'instant',
  );
  return (
    kinds[0] === 'decided' &&
    kinds.indexOf('outcome') === kinds.length - 1 &&
    (instant || !kinds.includes('text') || kinds.indexOf('attempt') < kinds.indexOf('text'))
  );
}

const sentTwice = (told: readonly (readonly TicketEvent[])[]): number[] =>
  told
    .map((events) => events.filter((event) => event.type === 'attempt' && event.track === 'cloud').length)
    .filter((count) => count > 1);
