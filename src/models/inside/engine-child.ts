import { fork } from 'node:child_process';
import type { Order } from './protocol';

/** The engine's process as seen from the window. */
export interface EngineChild {
  send(order: Order): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
  /** Absent in tests, and where it could not be started. */
  readonly pid?: number | undefined;
}

/** How it ended. */
export interface ChildEnd {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** The last it wrote to standard error; for finding out why, never shown. */
  readonly lastWords: string;
}

export interface ChildEvents {
  /** A message as it came, unchecked. */
  report(message: unknown): void;
  /** Called once. */
  ended(end: ChildEnd): void;
}

export type StartChild = (events: ChildEvents) => EngineChild;

/** llama.cpp says why it gave up in its last few lines. */
const LAST_WORDS_CHARACTERS = 4096;

/** What a process needs to run at all. Keys and tokens of the window's environment are none of its business. */
const PASSED_ON =
  /^(path|home|user|userprofile|systemroot|windir|temp|tmp|tmpdir|lang|lc_.*|ld_library_path|localappdata|appdata|comspec|pathext|number_of_processors|processor_.*)$/i;

/** Starts `program` (the engine's `js/main.mjs`) by the Node that runs us, which in desktop VS Code is Electron. */
export const forkEngine =
  (program: string): StartChild =>
  (events) => {
    const kept = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
    const child = fork(program, [], {
      env: { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
      // The window's own flags include some that plain Node refuses.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    let over = false;
    const end = (code: number | undefined, signal: string | undefined): void => {
      if (over) return;
      over = true;
      events.ended({ code, signal, lastWords });
    };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
    });
    child.on('message', (message) => events.report(message));
    child.on('error', (error) => {
      lastWords += error.message;
      // It never started: there will be no exit.
      if (child.pid === undefined) end(undefined, undefined);
    });
    child.on('exit', (code, signal) => {
      // What it wrote last may still be on its way.
      setImmediate(() => end(code ?? undefined, signal ?? undefined));
    });
    return {
      send: (order) => {
        // Between its death and our hearing of it there is nobody to send to; the end tells the callers.
        if (child.connected) child.send(order, () => undefined);
      },
      kill: () => child.kill('SIGKILL'),
      pid: child.pid,
    };
  };
