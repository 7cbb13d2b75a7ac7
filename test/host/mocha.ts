import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HostReport } from '../vscode/report';
import { launchBrowser, openPage } from './browser';
import { cacheFolder } from './cache';
import { cleanEnvironment } from './environment';
import { PROJECT, SAMPLE_WORKSPACE } from './places';
import { startServer } from './server';
import { QUIET_SETTINGS } from './settings';
import { vscodeFromNpm } from './vscode-from-npm';

export interface HostRun {
  /** The name of a file in test/vscode/ without `.test.ts`; absent: all of them. */
  readonly suite?: string;
  /** Absolute path of a folder, copied for the run; absent: the sample workspace. */
  readonly workspace?: string;
  /** The window has a second folder: another copy of the first, of the same name. */
  readonly twoFolders?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The whole run, in ms; default 5 minutes. */
  readonly timeoutMs?: number;
}

/** The suites did not run, or not to their end; the message ends with what VS Code printed. */
export class HostRunError extends Error {
  override readonly name = 'HostRunError';
}

/**
 * Runs the Mocha suites of test/vscode/ inside a real VS Code's extension host. They and the extension have to
 * be built (`node esbuild.mjs --tests`).
 * @throws {HostRunError} when there is no report, or a report of no test at all
 */
export async function runMochaInHost(options: HostRun = {}): Promise<HostReport> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'switchyard-host-'));
  try {
    const workspace = path.join(scratch, 'workspace');
    await cp(options.workspace ?? SAMPLE_WORKSPACE, workspace, { recursive: true });
    const prepared: Prepared = {
      scratch,
      open: options.twoFolders === true ? await withSecondFolder(scratch, workspace) : { folder: workspace },
      reportFile: path.join(scratch, 'report.json'),
      suite: path.join(PROJECT, 'out', 'vscode', 'index.cjs'),
      settings: { ...QUIET_SETTINGS, ...options.settings },
      env: {
        SWITCHYARD_SUITE: options.suite ?? '',
        SWITCHYARD_REPORT: path.join(scratch, 'report.json'),
        ...options.env,
      },
      timeoutMs: options.timeoutMs ?? 300_000,
    };
    const log = (await inDesktop(prepared)) ?? (await inServer(prepared));
    return await readReport(prepared.reportFile, log);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Prepared {
  readonly scratch: string;
  readonly open: Opened;
  readonly reportFile: string;
  readonly suite: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What the window opens: a folder, or a workspace file. Absolute paths. */
type Opened = { readonly folder: string } | { readonly workspace: string };

async function withSecondFolder(scratch: string, first: string): Promise<Opened> {
  const second = path.join(scratch, 'second', path.basename(first));
  await cp(first, second, { recursive: true });
  const workspace = path.join(scratch, 'two.code-workspace');
  await writeFile(workspace, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
  return { workspace };
}

async function readReport(file: string, log: string): Promise<HostReport> {
  if (!existsSync(file)) throw new HostRunError(`The suites wrote no report.\n${log.slice(-4_000)}`);
  const report = JSON.parse(await readFile(file, 'utf8')) as HostReport;
  if (report.passed.length + report.failed.length === 0) throw new HostRunError('The suites hold no test.');
  return report;
}

/** Desktop VS Code needs a display. `SWITCHYARD_HOST=npm` leaves it out. */
function hasDisplay(): boolean {
  if (process.env['SWITCHYARD_HOST'] === 'npm') return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * In desktop VS Code, downloaded by @vscode/test-electron.
 * @returns undefined where there is no display or the download cannot be had
 */
async function inDesktop(run: Prepared): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
  let vscodeExecutablePath: string;
  try {
    vscodeExecutablePath = await downloadAndUnzipVSCode({
      cachePath: path.join(cacheFolder(), 'vscode-desktop'),
    });
  } catch {
    // No internet beyond the npm registry: VS Code from npm does as well.
    return undefined;
  }
  const userData = path.join(run.scratch, 'user');
  await writeSettings(userData, run.settings);
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: PROJECT,
      extensionTestsPath: run.suite,
      extensionTestsEnv: { ...run.env },
      launchArgs: [
        'folder' in run.open ? run.open.folder : run.open.workspace,
        '--user-data-dir',
        userData,
        '--disable-extensions',
        '--disable-workspace-trust',
      ],
    });
  } catch (error) {
    return String(error);
  }
  return '';
}

async function writeSettings(userData: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User', 'settings.json'), JSON.stringify(settings));
}

/** In VS Code from npm: the page in the browser makes the server start the extension host with the suites. */
async function inServer(run: Prepared): Promise<string> {
  const server = await startServer({
    vscode: await vscodeFromNpm(),
    dataDir: path.join(run.scratch, 'data'),
    settings: run.settings,
    developmentExtensions: true,
    env: cleanEnvironment(run.env),
  });
  try {
    const browser = await launchBrowser();
    try {
      const page = await openPage(browser);
      await page.goto(server.url({ ...run.open, extension: PROJECT, suite: run.suite }));
      const deadline = Date.now() + run.timeoutMs;
      while (!existsSync(run.reportFile) && Date.now() < deadline) await page.waitForTimeout(100);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
  return server.log();
}
