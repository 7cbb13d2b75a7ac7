/** Ollama serves `parallel` requests a model at a time (one by default); the others wait in line, up to `maxQueue`. */
export class Slots {
  readonly #busy = new Map<string, number>();
  readonly #lines = new Map<string, (() => void)[]>();
  #waiting = 0;

  constructor(
    private readonly parallel: number,
    private readonly maxQueue: number,
  ) {}

  /** Waits for a place; `full` when the queue is, `gone` when the client hung up while it waited. */
  async take(model: string, gone: AbortSignal): Promise<'taken' | 'full' | 'gone'> {
    const busy = this.#busy.get(model) ?? 0;
    if (busy < this.parallel) {
      this.#busy.set(model, busy + 1);
      return 'taken';
    }
    if (this.#waiting >= this.maxQueue) return 'full';
    const line = this.#lines.get(model) ?? [];
    this.#lines.set(model, line);
    this.#waiting += 1;
    const result = await new Promise<'taken' | 'gone'>((resolve) => {
      const called = (): void => {
        gone.removeEventListener('abort', left);
        resolve('taken');
      };
      const left = (): void => {
        line.splice(line.indexOf(called), 1);
        resolve('gone');
      };
      line.push(called);
      gone.addEventListener('abort', left, { once: true });
    });
    this.#waiting -= 1;
    return result;
  }

  /** Gives the place to the next in line. */
  give(model: string): void {
    const next = this.#lines.get(model)?.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.#busy.set(model, Math.max(0, (this.#busy.get(model) ?? 0) - 1));
  }
}
