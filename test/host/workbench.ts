import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from './browser';
import { cleanEnvironment } from './environment';
import { PROJECT } from './places';
import { startServer, type Server } from './server';
import { QUIET_SETTINGS } from './settings';
import { vscodeFromNpm } from './vscode-from-npm';

export interface WorkbenchOptions {
  /** Absolute path of a folder; it is copied, so that a test may write into it. Absent: an empty window. */
  readonly workspace?: string;
  /** The user's settings, beside those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /**
   * A `.vsix`: installed, as a user has it. `dev`: as built in the project; a folder: an extension in
   * development. In development VS Code shows no toasts (notifications wait behind the bell).
   */
  readonly extension: string;
  /** False: the workspace is not trusted (Restricted Mode) until the user says so. Default: true. */
  readonly trust?: boolean;
  /** Relative to the workspace. */
  readonly openFiles?: readonly string[];
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** In CSS pixels; default 1280 × 800. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A VS Code of one's own, in a headless browser. */
export interface OpenWorkbench {
  readonly page: Page;
  /** The copy of the workspace; empty where none was asked for. */
  readonly workspace: string;
  /** Where extensions keep what outlives a window: a folder for each, by its id. */
  readonly globalStorage: string;
  /** The extension host's process; another one after it ended and was started again. */
  readonly extensionHostPid: () => number;
  /** What the server printed so far. */
  readonly serverLog: () => string;
  /** What the page wrote to its console so far, one entry a line. */
  readonly consoleLog: () => string;
  readonly close: () => Promise<void>;
}

/** Workbench to extension host and first file; on two busy cores. */
const READY_TIMEOUT_MS = 90_000;

/** Starts VS Code with the extension in it. What it started is gone after `close()`. */
export async function openWorkbench(options: WorkbenchOptions): Promise<OpenWorkbench> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'switchyard-ui-'));
  const parts: { browser?: Browser; server?: Server } = {};
  const close = async (): Promise<void> => {
    await parts.browser?.close();
    await parts.server?.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const workspace = path.join(scratch, 'workspace');
    if (options.workspace) await cp(options.workspace, workspace, { recursive: true });
    const packaged = options.extension.endsWith('.vsix');
    parts.server = await startServer({
      vscode: await vscodeFromNpm(),
      dataDir: path.join(scratch, 'data'),
      settings: { ...QUIET_SETTINGS, ...options.settings },
      trust: options.trust ?? true,
      developmentExtensions: !packaged,
      env: cleanEnvironment(options.env),
      ...(packaged ? { vsix: [path.resolve(options.extension)] } : {}),
    });
    parts.browser = await launchBrowser();
    const page = await openPage(parts.browser, options.viewport);
    const console: string[] = [];
    page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => console.push(`error: ${error.message}`));
    const extension = options.extension === 'dev' ? PROJECT : options.extension;
    await page.goto(
      parts.server.url({
        ...(options.workspace ? { folder: workspace } : {}),
        ...(packaged ? {} : { extension }),
        openFiles: (options.openFiles ?? []).map((file) => path.join(workspace, file)),
      }),
    );
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: READY_TIMEOUT_MS });
    if (options.openFiles?.length) {
      await page.locator('.editor-instance .view-lines').first().waitFor({ timeout: READY_TIMEOUT_MS });
    }
    const { log } = parts.server;
    return {
      page,
      globalStorage: path.join(scratch, 'data', 'data', 'User', 'globalStorage'),
      extensionHostPid: () => lastExtensionHost(log()),
      workspace: options.workspace ? workspace : '',
      serverLog: log,
      consoleLog: () => console.join('\n'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function lastExtensionHost(log: string): number {
  const started = [...log.matchAll(/<(\d+)> Launched Extension Host Process/g)].at(-1);
  if (started === undefined) throw new Error('The server started no extension host');
  return Number(started[1]);
}
