/** A change of any of these makes Ollama start the model anew (server/sched.go, `needsReload`). */
const RUNNER_OPTIONS = [
  'num_ctx',
  'num_batch',
  'num_gpu',
  'main_gpu',
  'use_mmap',
  'num_thread',
  'draft_num_predict',
];
const DEFAULT_CONTEXT = 4096;

export interface Load {
  readonly model: string;
  readonly numCtx: number;
  /** The model was loaded already, with other options. */
  readonly again: boolean;
}

interface Runner {
  readonly shape: string;
  readonly numCtx: number;
  expiresAt: number;
}

/** Which models are in memory, and every time one was loaded. */
export class Runners {
  readonly loads: Load[] = [];
  readonly #running = new Map<string, Runner>();

  /** True where the model has to be loaded for these options. */
  ensure(model: string, options: Readonly<Record<string, unknown>>, keepAlive: unknown): boolean {
    const shape = JSON.stringify(RUNNER_OPTIONS.map((name) => options[name] ?? null));
    const current = this.#current(model);
    const numCtx = typeof options['num_ctx'] === 'number' ? options['num_ctx'] : DEFAULT_CONTEXT;
    const expiresAt = Date.now() + milliseconds(keepAlive);
    if (current?.shape === shape) {
      current.expiresAt = expiresAt;
      return false;
    }
    this.loads.push({ model, numCtx, again: current !== undefined });
    this.#running.set(model, { shape, numCtx, expiresAt });
    return true;
  }

  numCtx(model: string): number {
    return this.#current(model)?.numCtx ?? DEFAULT_CONTEXT;
  }

  unload(model: string): void {
    this.#running.delete(model);
  }

  list(): readonly { readonly model: string; readonly numCtx: number; readonly expiresAt: number }[] {
    return [...this.#running.keys()].flatMap((model) => {
      const runner = this.#current(model);
      return runner === undefined ? [] : [{ model, numCtx: runner.numCtx, expiresAt: runner.expiresAt }];
    });
  }

  #current(model: string): Runner | undefined {
    const runner = this.#running.get(model);
    if (runner !== undefined && runner.expiresAt <= Date.now()) this.#running.delete(model);
    return this.#running.get(model);
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const FIVE_MINUTES = 300_000;

/** Seconds as a number, or Go's duration; negative is for ever. */
export function milliseconds(keepAlive: unknown): number {
  if (typeof keepAlive === 'number') return keepAlive < 0 ? Number.MAX_SAFE_INTEGER / 2 : keepAlive * 1000;
  const match = typeof keepAlive === 'string' ? /^(-?\d+)(ms|s|m|h)$/.exec(keepAlive) : null;
  if (match === null) return FIVE_MINUTES;
  const amount = Number(match[1]);
  return amount < 0 ? Number.MAX_SAFE_INTEGER / 2 : amount * (UNITS[match[2] ?? 's'] ?? 1000);
}
