import { spawn, spawnSync, type ChildProcess } from 'node:child_process';

/** A program we started, with everything it starts itself. */
export interface Running {
  /** Standard output and error so far, in the order they came. */
  readonly output: () => string;
  /**
   * The first match of `pattern` in the output.
   * @throws {ProcessError} when the program ends first, or after `timeoutMs`
   */
  readonly waitFor: (pattern: RegExp, timeoutMs: number) => Promise<RegExpExecArray>;
  /** The exit code; -1 when a signal ended it. */
  readonly ended: Promise<number>;
  /** Ends it and all it started; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  readonly cwd?: string;
  /** The whole environment, nothing is added. */
  readonly env?: NodeJS.ProcessEnv;
  /** Gets each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** A program that did not do what it was started for; the message ends with the last of its output. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';

  constructor(
    message: string,
    readonly output: string,
  ) {
    super(
      output.trim() === '' ? message : `${message}\n${output.trimEnd().split('\n').slice(-30).join('\n')}`,
    );
  }
}

const running = new Set<ChildProcess>();

// However this process ends, nothing it started may outlive it.
process.on('exit', () => {
  for (const child of running) killTree(child, 'SIGKILL');
});

/** Each child leads its own process group, so that one signal reaches its children too. */
function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group is gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** How long a program may take to end by itself after it was asked to, in ms. */
const GRACE_MS = 3_000;

export function start(command: string, args: readonly string[], options: StartOptions = {}): Running {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  running.add(child);

  let output = '';
  const listeners = new Set<() => void>();
  const take = (piece: Buffer): void => {
    const text = piece.toString('utf8');
    output += text;
    options.onOutput?.(text);
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);

  let exitCode: number | undefined;
  const ended = new Promise<number>((resolve) => {
    const finish = (code: number): void => {
      exitCode ??= code;
      resolve(exitCode);
      for (const listener of listeners) listener();
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      running.delete(child);
      finish(-1);
    });
    child.once('close', (code) => {
      running.delete(child);
      finish(code ?? -1);
    });
  });

  return {
    output: () => output,
    ended,
    waitFor: (pattern, timeoutMs) =>
      new Promise((resolve, reject) => {
        const settle = (result: RegExpExecArray | ProcessError): void => {
          clearTimeout(timer);
          listeners.delete(look);
          if (result instanceof ProcessError) reject(result);
          else resolve(result);
        };
        const look = (): void => {
          const match = pattern.exec(output);
          if (match) settle(match);
          else if (exitCode !== undefined) {
            settle(new ProcessError(`${command} ended with code ${exitCode}`, output));
          }
        };
        const timer = setTimeout(() => {
          settle(new ProcessError(`${command} did not print ${String(pattern)} in ${timeoutMs} ms`, output));
        }, timeoutMs);
        listeners.add(look);
        look();
      }),
    stop: async () => {
      if (exitCode !== undefined) return;
      killTree(child, 'SIGTERM');
      const timer = setTimeout(() => killTree(child, 'SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
      // A member of the group may have ignored the signal that ended its leader.
      killTree(child, 'SIGKILL');
    },
  };
}

/** Runs a program to its end. @throws {ProcessError} when its exit code is not 0 */
export async function run(
  command: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<string> {
  const program = start(command, args, options);
  const code = await program.ended;
  if (code !== 0)
    throw new ProcessError(`${command} ${args.join(' ')} ended with code ${code}`, program.output());
  return program.output();
}
