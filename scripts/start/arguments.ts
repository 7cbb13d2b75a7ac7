import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface Arguments {
  /** Absolute; absent: the sample. */
  readonly workspace?: string;
  readonly demo: boolean;
  /** VS Code from npm even where desktop VS Code is installed. */
  readonly browser: boolean;
  /** Show the address in the user's browser. */
  readonly open: boolean;
  /** 0: any free one. */
  readonly port: number;
}

export const USAGE = `npm start [-- OPTIONS]
  --workspace DIR   open this folder instead of the sample
  --demo            stand-in servers for Ollama and Claude: no account, no model, no cost
  --browser         VS Code from npm in the browser, even where desktop VS Code is installed
  --port N          the port for --browser (default: any free one)
  --no-open         print the address only, do not open a browser
  --help            show this`;

/** What was asked for cannot be done; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @returns undefined when only help was asked for. @throws {UsageError} */
export function readArguments(args: readonly string[], from: string): Arguments | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, not '${values.port ?? ''}'.`);
  }
  const chosen = { demo: values.demo, browser: values.browser, open: !values['no-open'], port };
  if (values.workspace === undefined) return chosen;
  const workspace = path.resolve(from, values.workspace);
  if (!existsSync(workspace) || !statSync(workspace).isDirectory()) {
    throw new UsageError(`There is no folder ${workspace}.`);
  }
  return { ...chosen, workspace };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        workspace: { type: 'string' },
        demo: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
