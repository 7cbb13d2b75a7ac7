import { systemClock, type Clock } from './clock';

/** Runs a task once its cause has been quiet for a while, however often that came before. */
export class AfterPause {
  #callOff: (() => void) | undefined;

  /** `pauseMs`: how long the quiet must last. */
  constructor(
    private readonly pauseMs: number,
    private readonly task: () => void,
    private readonly clock: Pick<Clock, 'after'> = systemClock,
  ) {}

  /** The cause came (again): the pause begins anew. */
  restart(): void {
    this.dispose();
    this.#callOff = this.clock.after(this.pauseMs, this.task);
  }

  dispose(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
