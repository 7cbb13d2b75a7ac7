import { state, type WritableStore } from 'callbag-recharge';
import type { CloudText } from '../../../src/privacy/cloud-text';
import type { Prompt } from '../../../src/models/model';
import { mintCloudText } from '../../../src/privacy/cloud-text';
import { NOTHING_TO_REPORT } from '../../../src/privacy/report';
import type { BudgetGate, BudgetState } from '../../../src/routing/budget';
import { createYard } from '../../../src/routing/create-yard';
import { createHealth, type Health } from '../../../src/routing/health/health';
import type { Policy } from '../../../src/routing/policy';
import type { Task, YardRequest } from '../../../src/routing/request';
import type { Ticket, TicketEvent, Yard } from '../../../src/routing/yard';
import type { YardDeps } from '../../../src/routing/yard-deps';
import { HandClock } from './a-clock';
import { FakeModel } from './a-model';
import {
  aPolicy,
  CALL_OPTIONS,
  CLOUD_LARGE,
  CLOUD_SMALL,
  LOCAL_CHAT,
  LOCAL_CODER,
  LOCAL_INSIDE,
  someFeatures,
} from './a-world';

/** A budget that remembers what it was asked to hold. */
export class FakeBudget implements BudgetGate {
  level: BudgetState['level'] = 'ok';
  dayCap = 1;
  /** In USD; absent where it does not matter. */
  left: number | undefined;
  readonly held: { requestId: string; usd: number; settled: number[]; allowed: boolean }[] = [];

  state(): BudgetState {
    return { spentToday: 0, spentThisMonth: 0, reserved: 0, dayCap: this.dayCap, level: this.level };
  }

  reserve(
    requestId: string,
    usd: number,
    options?: { allowOverCap?: boolean },
  ): ReturnType<BudgetGate['reserve']> {
    const allowed = options?.allowOverCap === true;
    if (this.level === 'capped' && !allowed) {
      return Promise.resolve({ kind: 'over-cap', cap: 'day', leftUsd: 0 });
    }
    if (this.left !== undefined && usd > this.left && !allowed) {
      return Promise.resolve({ kind: 'over-cap', cap: 'day', leftUsd: this.left });
    }
    const entry = { requestId, usd, settled: [] as number[], allowed };
    this.held.push(entry);
    const settle = (spent: number): Promise<void> => {
      entry.settled.push(spent);
      return Promise.resolve();
    };
    return Promise.resolve({ kind: 'reserved', reservation: { settle } });
  }
}

export interface TestYard {
  readonly yard: Yard;
  readonly clock: HandClock;
  readonly policy: WritableStore<Policy>;
  readonly health: Health;
  readonly budget: FakeBudget;
  readonly coder: FakeModel;
  readonly chat: FakeModel;
  /** No request goes there unless the policy names it. */
  readonly inside: FakeModel;
  readonly small: FakeModel;
  readonly large: FakeModel;
  readonly log: string[];
}

export function aYard(policy: Partial<Policy> = {}, over: Partial<YardDeps> = {}): TestYard {
  const clock = new HandClock();
  const [coder, chat] = [new FakeModel(LOCAL_CODER), new FakeModel(LOCAL_CHAT)];
  const inside = new FakeModel(LOCAL_INSIDE);
  const [small, large] = [new FakeModel(CLOUD_SMALL), new FakeModel(CLOUD_LARGE)];
  const locals = new Map([coder, chat, inside].map((model) => [model.ref.id, model.asLocal()]));
  const clouds = new Map([small, large].map((model) => [model.ref.id, model.asCloud()]));
  // Thresholds of its own, so that measuring them anew changes no story told here.
  const store = state(aPolicy({ thresholds: { explain: 0.5 }, ...policy }));
  const budget = new FakeBudget();
  const log: string[] = [];
  const health = createHealth({
    clock,
    probe: () => Promise.resolve({ kind: 'down', reason: 'still down' }),
  });
  const yard = createYard({
    clock,
    policy: store,
    directory: { local: (ref) => locals.get(ref.id), cloud: (ref) => clouds.get(ref.id) },
    health,
    budget,
    price: (_model, usage) => (usage.inputTokens + 5 * usage.outputTokens) / 1e6,
    log: (line) => log.push(line),
    ...over,
  });
  return { yard, clock, policy: store, health, budget, coder, chat, inside, small, large, log };
}

const PROMPT: Prompt<string> = { system: [], turns: [{ role: 'user', parts: [{ text: 'q' }] }] };
export const CLOUD_PROMPT: Prompt<CloudText> = {
  system: [],
  turns: [{ role: 'user', parts: [{ text: mintCloudText('q') }] }],
};

let lastId = 0;

export function aRequest(task: Task, over: Partial<YardRequest> = {}): YardRequest {
  lastId += 1;
  return {
    id: `r${lastId}`,
    task,
    features: someFeatures(),
    prompts: {
      local: () =>
        task === 'complete'
          ? { kind: 'infill', prompt: { context: [], path: 'a.ts', prefix: '', suffix: '' } }
          : { kind: 'chat', prompt: PROMPT },
      cloud: () => Promise.resolve({ ok: true, prompt: CLOUD_PROMPT, report: NOTHING_TO_REPORT }),
    },
    options: { local: CALL_OPTIONS, cloud: CALL_OPTIONS },
    ...over,
  };
}

export async function eventsOf(ticket: Ticket): Promise<TicketEvent[]> {
  const events: TicketEvent[] = [];
  for await (const event of ticket.events) events.push(event);
  return events;
}

/** The story of a ticket in short: `local first`, `"text"`, `answered`, … */
export function story(events: readonly TicketEvent[]): string[] {
  return events.flatMap((event): string[] => {
    switch (event.type) {
      case 'decided':
        return [];
      case 'attempt':
        return [`${event.track} ${event.role}`];
      case 'text':
        return [`"${event.text}"`];
      case 'attempt-ended':
        return [event.attempt.end.kind];
      case 'rescue':
        return [`${event.role} to ${event.to.id}`];
      case 'outcome': {
        const { result } = event.outcome;
        return [result.kind === 'answered' ? `answered by ${result.track}` : result.kind];
      }
    }
  });
}

export const never = new Promise<never>(() => undefined);
