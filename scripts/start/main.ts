import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../test/host/cache';
import { PROJECT, SAMPLE_WORKSPACE } from '../../test/host/places';
import { run, start } from '../../test/host/process';
import { startServer } from '../../test/host/server';
import { vscodeFromNpm } from '../../test/host/vscode-from-npm';
import { readArguments, USAGE, UsageError, type Arguments } from './arguments';
import { startDemo, type Demo } from './demo';
import { findDesktopVSCode, isRecentEnough, type DesktopVSCode } from './desktop';
import { lookAround } from './findings';
import { giveToExtension, weightsForStart } from './weights';

/** How VS Code ended: its exit code, and what to print if that is not 0. */
interface Ended {
  readonly code: number;
  readonly complaint: string;
}

/** What is on while VS Code is open, last started last. */
type Stops = (() => Promise<void>)[];

/** VS Code's own chat would take a third of the window. */
const FIRST_SETTINGS = {
  'workbench.startupEditor': 'readme',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
};

interface Session {
  readonly args: Arguments;
  readonly vsix: string;
  /** Holds settings, sample and VS Code's own data; kept between starts, so that the books are. */
  readonly folder: string;
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
  readonly stops: Stops;
}

/**
 * `npm start` after installing: builds, looks around, opens VS Code, stays until it is closed or Ctrl-C.
 * @param build makes the packaged extension and gives its path
 * @param from the folder relative paths start at
 * @returns the exit code
 */
export async function open(
  argv: readonly string[],
  build: () => Promise<string>,
  from: string,
): Promise<number> {
  let args: Arguments | undefined;
  try {
    args = readArguments(argv, from);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (!args) {
    console.log(USAGE);
    return 0;
  }
  console.log('Building Switchyard ...');
  const vsix = await build();
  const stops: Stops = [];
  let stopping = false;
  const interrupted = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        stopping = true;
        resolve(0);
      });
    }
  });
  try {
    const closed = show(args, vsix, stops).then((program) => {
      if (!stopping && program.code !== 0) console.error(program.complaint);
      return program.code === 0 ? 0 : 1;
    });
    // Stopping in the middle of starting makes that fail, which is nobody's concern any more.
    closed.catch(() => undefined);
    return await Promise.race([closed, interrupted]);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function show(args: Arguments, vsix: string, stops: Stops): Promise<Ended> {
  const session = await prepare(args, vsix, stops);
  const desktop = args.browser ? undefined : usableDesktop(await leastVersion());
  return desktop ? showOnDesktop(session, desktop) : showInBrowser(session);
}

async function prepare(args: Arguments, vsix: string, stops: Stops): Promise<Session> {
  const clone = createHash('sha256').update(PROJECT).digest('hex').slice(0, 8);
  const folder = path.join(cacheFolder(), 'start', args.demo ? `${clone}-demo-${process.pid}` : clone);
  await mkdir(folder, { recursive: true });
  let demo: Demo | undefined;
  let endpoint: Record<string, string> = {};
  let file: string | undefined;
  if (args.demo) {
    stops.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    demo = await startDemo();
    stops.push(demo.stop);
    say(demo.lines);
  } else {
    const found = await lookAround(process.env);
    if (process.env['OLLAMA_HOST']) endpoint = { 'switchyard.ollama.endpoint': found.ollamaEndpoint };
    say(found.lines);
    if (!found.ollamaHasModels) {
      const weights = await weightsForStart();
      say(weights.lines);
      file = weights.file;
    }
  }
  if (file !== undefined) {
    for (const user of [path.join('server', 'data', 'User'), path.join('desktop', 'User')]) {
      await giveToExtension(path.join(folder, user), file);
    }
  }
  // A copy: whoever tries things on the sample should not find them in `git status`.
  const sample = path.join(folder, 'corner-bakery');
  if (!args.workspace && !existsSync(sample)) await cp(SAMPLE_WORKSPACE, sample, { recursive: true });
  return {
    args,
    vsix,
    folder,
    workspace: args.workspace ?? sample,
    settings: { ...FIRST_SETTINGS, ...endpoint, ...demo?.settings },
    env: { ...withoutVSCode(process.env), ...demo?.env },
    stops,
  };
}

const say = (lines: readonly string[]): void => console.log(`\n${lines.join('\n')}\n`);

async function leastVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(PROJECT, 'package.json'), 'utf8')) as {
    engines: { vscode: string };
  };
  return manifest.engines.vscode;
}

function usableDesktop(least: string): DesktopVSCode | undefined {
  const desktop = findDesktopVSCode();
  if (desktop && !isRecentEnough(desktop.version, least)) {
    console.log(`Desktop VS Code is ${desktop.version}; Switchyard needs ${least}. Using the one from npm.`);
    return undefined;
  }
  return desktop;
}

/**
 * In a profile of its own: it starts beside a VS Code that is open already, brings no other extensions, and
 * ends with Ctrl-C.
 */
async function showOnDesktop(session: Session, desktop: DesktopVSCode): Promise<Ended> {
  const userData = path.join(session.folder, 'desktop');
  await writeSettingsOnce(path.join(userData, 'User', 'settings.json'), session.settings);
  console.log(`Opening VS Code ${desktop.version} (${desktop.executable}). Ctrl-C closes it.`);
  const program = start(
    desktop.executable,
    [
      `--extensionDevelopmentPath=${PROJECT}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${path.join(session.folder, 'desktop-extensions')}`,
      '--new-window',
      session.workspace,
    ],
    { env: session.env },
  );
  session.stops.push(program.stop);
  const code = await program.ended;
  return { code, complaint: `VS Code ended with code ${code}.\n${program.output().slice(-2_000)}` };
}

/**
 * The packaged extension is installed, as a user would: a page can load an extension from a folder only when
 * VS Code runs for its smoke tests, where it shows no notifications.
 */
async function showInBrowser(session: Session): Promise<Ended> {
  const { args, stops } = session;
  const vscode = await vscodeFromNpm((message) => console.log(`${message} ...`));
  const dataDir = path.join(session.folder, 'server');
  console.log('Starting VS Code ...');
  const server = await startServer({
    vscode,
    dataDir,
    settings: settingsOf(dataDir, session.settings),
    vsix: [session.vsix],
    port: args.port,
    connectionToken: randomBytes(16).toString('hex'),
    // Our own sample needs no question; a folder of the user's gets VS Code's usual one.
    trust: args.workspace === undefined,
    env: session.env,
  });
  stops.push(server.stop);
  const url = server.url({ folder: session.workspace });
  console.log(`\nVS Code with Switchyard runs at\n\n  ${url}\n\nCtrl-C ends it.`);
  if (args.open) await openInBrowser(url);
  const code = await server.ended;
  return { code, complaint: `VS Code's server ended with code ${code}.\n${server.log().slice(-2_000)}` };
}

/** What the user changed since the last start stays. */
function settingsOf(
  dataDir: string,
  first: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  return existsSync(path.join(dataDir, 'data', 'User', 'settings.json')) ? undefined : first;
}

async function writeSettingsOnce(file: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  if (existsSync(file)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, undefined, 2));
}

/** Where there is no screen or no browser, the printed address is all there is. */
async function openInBrowser(url: string): Promise<void> {
  try {
    if (process.platform === 'darwin') await run('open', [url]);
    else if (process.platform === 'win32') await run('rundll32', ['url.dll,FileProtocolHandler', url]);
    else if (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) await run('xdg-open', [url]);
  } catch {
    console.log('(Could not open a browser; open the address yourself.)');
  }
}

/** Started from a terminal inside VS Code, the one we start must not take itself for a part of that one. */
function withoutVSCode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_)/.test(name)));
}
