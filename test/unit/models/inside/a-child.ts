import type {
  ChildEnd,
  ChildEvents,
  EngineChild,
  StartChild,
} from '../../../../src/models/inside/engine-child';
import type { Order, Report } from '../../../../src/models/inside/protocol';

type Ask = Extract<Order, { type: 'ask' }>;

/** An engine's process that does what a test tells it to. */
export class ScriptedChild implements EngineChild {
  readonly orders: Order[] = [];
  killed = false;

  constructor(
    private readonly events: ChildEvents,
    private readonly onOrder: (order: Order, child: ScriptedChild) => void,
  ) {}

  send(order: Order): void {
    this.orders.push(order);
    // As between real processes, the answer never comes within the call.
    queueMicrotask(() => this.onOrder(order, this));
  }

  kill(): void {
    this.killed = true;
    this.ends({ signal: 'SIGKILL' });
  }

  reports(report: Report | object): void {
    this.events.report(report);
  }

  ends(end: Partial<ChildEnd>): void {
    this.events.ended({ code: undefined, signal: undefined, lastWords: '', ...end });
  }

  get asked(): readonly Ask[] {
    return this.orders.filter((order): order is Ask => order.type === 'ask');
  }
}

/** Starts children that behave as `onOrder` says, and keeps them to be looked at. */
export function children(onOrder: (order: Order, child: ScriptedChild) => void): {
  readonly start: StartChild;
  readonly all: ScriptedChild[];
} {
  const all: ScriptedChild[] = [];
  const start: StartChild = (events) => {
    const child = new ScriptedChild(events, onOrder);
    all.push(child);
    return child;
  };
  return { start, all };
}

/** Loads, gives one word to each question, and stops when told to. */
export function wellBehaved(order: Order, child: ScriptedChild): void {
  if (order.type === 'load') child.reports({ type: 'loaded', loadMs: 5 });
  if (order.type === 'cancel') child.reports({ type: 'cancelled', call: order.call, ...NONE });
  if (order.type === 'ask') {
    child.reports({ type: 'text', call: order.call, text: 'Yes.', promptTokens: 4, outputTokens: 1 });
    child.reports({
      type: 'end',
      call: order.call,
      finish: 'stop',
      promptTokens: 4,
      outputTokens: 1,
      promptMs: 3,
      generateMs: 2,
    });
  }
}

const NONE = { promptTokens: 0, outputTokens: 0 };
