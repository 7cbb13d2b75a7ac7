import type { Clock } from '../../base/clock';
import type { Deadline } from '../model';

export type DeadlineName = keyof Deadline;

/** The three clocks of one call: until it speaks, between two signs of life, and over all. */
export class Deadlines {
  readonly #stops = new Map<DeadlineName, () => void>();
  #speaking = false;

  constructor(
    private readonly clock: Clock,
    private readonly limits: Deadline,
    private readonly expired: (name: DeadlineName) => void,
  ) {
    this.#start('firstTokenMs');
    this.#start('totalMs');
  }

  /** The model has begun to generate; silence is measured from here on. */
  speaking(): void {
    if (this.#speaking) return;
    this.#speaking = true;
    this.#stop('firstTokenMs');
    this.#start('idleMs');
  }

  /** Bytes came: a sign of life, also when they carry no text. */
  alive(): void {
    if (!this.#speaking) return;
    this.#stop('idleMs');
    this.#start('idleMs');
  }

  stop(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
    this.#speaking = false;
  }

  #start(name: DeadlineName): void {
    let isOver = false;
    const stopTimer = this.clock.after(this.limits[name], () => {
      // After a stall of this process (a long computation, a laptop that slept) timers come before what has arrived
      // meanwhile: it gets the turn in which it is read, and only silence counts.
      setImmediate(() => {
        if (!isOver) this.expired(name);
      });
    });
    this.#stops.set(name, () => {
      isOver = true;
      stopTimer();
    });
  }

  #stop(name: DeadlineName): void {
    this.#stops.get(name)?.();
    this.#stops.delete(name);
  }
}

export function describeDeadline(name: DeadlineName, limits: Deadline): string {
  const seconds = `${limits[name] / 1000} s`;
  switch (name) {
    case 'firstTokenMs':
      return `No answer began within ${seconds}.`;
    case 'idleMs':
      return `The answer stopped coming for ${seconds}.`;
    case 'totalMs':
      return `The answer was not complete after ${seconds}.`;
  }
}
