import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { start, run, type Running } from './process';
import type { VSCodeFromNpm } from './vscode-from-npm';

export interface ServerOptions {
  readonly vscode: VSCodeFromNpm;
  /** Settings, extensions and logs of this one server. New for each test run. */
  readonly dataDir: string;
  /** The user's settings, written before the start; undefined leaves those of the last start. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Extensions to install first, as packaged. */
  readonly vsix?: readonly string[];
  /** Without a trusted workspace VS Code asks, and runs in Restricted Mode until then. Default: trusted. */
  readonly trust?: boolean;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** What the browser must show to be let in; absent: anybody on this machine is. */
  readonly connectionToken?: string;
  /** Lets a page load an extension from a folder and run test suites; for tests only. */
  readonly developmentExtensions?: boolean;
  readonly env: NodeJS.ProcessEnv;
}

export interface Server {
  readonly port: number;
  /** The address of the workbench showing a folder. */
  readonly url: (view: View) => string;
  readonly log: () => string;
  readonly ended: Promise<number>;
  readonly stop: () => Promise<void>;
}

export interface View {
  /** Absolute path; absent: an empty window. */
  readonly folder?: string;
  /** Absolute path of a `.code-workspace` file, in place of a folder. */
  readonly workspace?: string;
  /** Absolute paths of files to open. */
  readonly openFiles?: readonly string[];
  /** Absolute path of an extension's folder; needs `developmentExtensions`. */
  readonly extension?: string;
  /** Absolute path of a module that exports `run()`; needs `developmentExtensions`. */
  readonly suite?: string;
}

/** From a cold disk on a slow machine; usually it is two or three seconds. */
const START_TIMEOUT_MS = 60_000;

/** Starts VS Code's server, on loopback only. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { vscode, dataDir, env } = options;
  const userFolder = path.join(dataDir, 'data', 'User');
  await mkdir(userFolder, { recursive: true });
  if (options.settings) {
    await writeFile(path.join(userFolder, 'settings.json'), JSON.stringify(options.settings, undefined, 2));
  }

  const common = ['--accept-server-license-terms', '--server-data-dir', dataDir];
  for (const vsix of options.vsix ?? []) {
    await run(vscode.node, [vscode.serverMain, ...common, '--install-extension', vsix, '--force'], { env });
  }

  const server = start(
    vscode.node,
    [
      vscode.serverMain,
      ...common,
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port ?? 0),
      '--telemetry-level',
      'off',
      ...(options.connectionToken === undefined
        ? ['--without-connection-token']
        : ['--connection-token', options.connectionToken]),
      ...(options.trust === false ? [] : ['--disable-workspace-trust']),
      // A built workbench ignores `extensionDevelopmentPath` and `extensionTestsPath` without it.
      ...(options.developmentExtensions ? ['--enable-smoke-test-driver'] : []),
    ],
    { env },
  );
  const port = await listeningPort(server);
  return {
    port,
    url: (view) => workbenchUrl(port, options.connectionToken, view),
    log: server.output,
    ended: server.ended,
    stop: server.stop,
  };
}

async function listeningPort(server: Running): Promise<number> {
  try {
    const match = await server.waitFor(/Extension host agent listening on (\d+)/, START_TIMEOUT_MS);
    return Number(match[1]);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function workbenchUrl(port: number, token: string | undefined, view: View): string {
  const remote = (file: string): string =>
    `vscode-remote://127.0.0.1:${port}${process.platform === 'win32' ? '/' : ''}${file.replaceAll('\\', '/')}`;
  const payload = [
    ...(view.extension ? [['extensionDevelopmentPath', remote(view.extension)]] : []),
    ...(view.suite ? [['extensionTestsPath', remote(view.suite)]] : []),
    ...(view.openFiles ?? []).map((file) => ['openFile', remote(file)]),
  ];
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (token !== undefined) url.searchParams.set('tkn', token);
  if (view.workspace) url.searchParams.set('workspace', view.workspace);
  if (view.folder) url.searchParams.set('folder', view.folder);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
