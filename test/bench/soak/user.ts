import type { Verdict } from '../../../src/routing/outcome';
import type { Ticket } from '../../../src/routing/yard';
import { makeRequest } from './requests';
import type { WindowOptions } from './options';
import type { WindowParts } from './window-parts';
import { join } from 'node:path';

/** Requests under way at once, in one window. */
const AT_ONCE = 10;
const VERDICTS: readonly Verdict[] = ['accepted', 'partly-accepted', 'rejected', 'edited'];

/** Asks, changes their mind, and judges what came back. */
export class User {
  #next = 0;
  #previous: string | undefined;

  constructor(
    private readonly parts: WindowParts,
    private readonly options: WindowOptions,
    private readonly draw: () => number,
  ) {}

  /** Makes requests until there were `count` in all, and waits for the last. `onEnd` hears of each end. */
  async ask(count: number, onEnd: () => void): Promise<void> {
    const worker = async (): Promise<void> => {
      while (this.#next < count) {
        const id = `w${this.options.window}-${this.#next}`;
        this.#next += 1;
        await this.#one(id);
        onEnd();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async #one(id: string): Promise<void> {
    const { draw } = this;
    const folder = join(this.options.folder, 'workspace');
    const request = makeRequest(id, this.#previous, { folder, gate: this.parts.gate, draw });
    const ticket = this.parts.yard.submit(request);
    const changesMind = draw() < 0.1 ? setTimeout(() => ticket.cancel(), draw() * 60) : undefined;
    const hasEnough = draw() < 0.04;
    // Some surfaces read every event, some wait for the outcome alone.
    if (hasEnough || draw() < 0.6) await read(ticket, hasEnough);
    const outcome = await ticket.outcome;
    clearTimeout(changesMind);
    this.#previous = id;
    if (outcome.result.kind !== 'answered' || draw() > 0.3) return;
    const verdict = VERDICTS[Math.floor(draw() * VERDICTS.length)] ?? 'accepted';
    this.parts.yard.feedback({ requestId: id, verdict, at: this.parts.clock.now() });
  }
}

async function read(ticket: Ticket, stopsAtText: boolean): Promise<void> {
  for await (const event of ticket.events) {
    if (event.type !== 'text' || !stopsAtText) continue;
    ticket.enough();
  }
}
