import type { Outcome } from './outcome';
import type { Ticket, TicketEvent } from './yard';

/** Keeps events until the one reader asks for them; ends after the outcome. */
class EventQueue implements AsyncIterable<TicketEvent>, AsyncIterator<TicketEvent, undefined> {
  private readonly waiting: TicketEvent[] = [];
  private wake: (() => void) | undefined;
  private closed = false;

  push(event: TicketEvent): void {
    if (this.closed) return;
    this.waiting.push(event);
    if (event.type === 'outcome') this.closed = true;
    this.wake?.();
  }

  [Symbol.asyncIterator](): AsyncIterator<TicketEvent, undefined> {
    return this;
  }

  async next(): Promise<IteratorResult<TicketEvent, undefined>> {
    for (;;) {
      const event = this.waiting.shift();
      if (event !== undefined) return { done: false, value: event };
      if (this.closed) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
    }
  }

  /** The reader left its loop early; the request itself goes on. */
  return(): Promise<IteratorResult<TicketEvent, undefined>> {
    this.closed = true;
    this.waiting.length = 0;
    return Promise.resolve({ done: true, value: undefined });
  }
}

/** The two ends of a ticket: what the surface holds, and how the yard writes to it. */
export interface OpenTicket {
  readonly ticket: Ticket;
  tell(event: Exclude<TicketEvent, { type: 'outcome' }>): void;
  close(outcome: Outcome): void;
}

export function openTicket(id: string, stops: Pick<Ticket, 'cancel' | 'enough'>): OpenTicket {
  const events = new EventQueue();
  const { promise, resolve } = promiseWithResolve<Outcome>();
  return {
    ticket: { id, events, outcome: promise, ...stops },
    tell: (event) => events.push(event),
    close(outcome) {
      events.push({ type: 'outcome', outcome });
      resolve(outcome);
    },
  };
}

function promiseWithResolve<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
