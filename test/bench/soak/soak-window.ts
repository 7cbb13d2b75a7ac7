import { fork, type ChildProcess } from 'node:child_process';
import type { FromWindow, ToWindow } from './messages';
import type { WindowOptions } from './options';

type Type = FromWindow['type'];
type Said<T extends Type> = Extract<FromWindow, { type: T }>;

/** A window's process, from outside. */
export class SoakWindow {
  readonly exited: Promise<void>;
  readonly #child: ChildProcess;
  readonly #heard = new Map<Type, FromWindow>();
  readonly #waiting = new Map<Type, (message: FromWindow) => void>();
  #end: Error | undefined;
  #rejectAll: (error: Error) => void = () => undefined;
  readonly #failed: Promise<never>;

  constructor(script: string, options: WindowOptions, onMessage: (message: FromWindow) => void) {
    const execArgv = ['--expose-gc', '--enable-source-maps'];
    this.#child = fork(script, [JSON.stringify(options)], { execArgv });
    this.#failed = new Promise((_resolve, reject) => (this.#rejectAll = reject));
    this.#failed.catch(() => undefined);
    this.#child.on('message', (message) => {
      const said = message as FromWindow;
      onMessage(said);
      const waiter = this.#waiting.get(said.type);
      if (waiter === undefined) this.#heard.set(said.type, said);
      else waiter(said);
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => {
        this.#end = new Error(`window ${options.window} ended with ${signal ?? String(code)}`);
        this.#rejectAll(this.#end);
        resolve();
      });
    });
  }

  /** Waits for a message of this type; rejects when the process ends before. */
  async hear<T extends Type>(type: T): Promise<Said<T>> {
    const heard = this.#heard.get(type);
    if (heard !== undefined) return heard as Said<T>;
    const coming = new Promise<FromWindow>((resolve) => this.#waiting.set(type, resolve));
    return (await Promise.race([coming, this.#failed])) as Said<T>;
  }

  tell(type: ToWindow['type']): void {
    if (this.#end === undefined) this.#child.send({ type } satisfies ToWindow);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
