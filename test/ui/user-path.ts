import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'vitest';
import { PROJECT, SAMPLE_WORKSPACE } from '../host/places';
import { openWorkbench, type OpenWorkbench, type WorkbenchOptions } from '../host/workbench';
import { packagedExtension } from './packaged';
import { WorkbenchPage } from './workbench-page';

/** How long a person would wait for a thing to appear before giving up; on two busy cores. */
const PATIENCE_MS = 20_000;

export interface Setting {
  readonly workbench: WorkbenchPage;
  readonly host: OpenWorkbench;
}

/**
 * One path of a person through a VS Code of its own, with the packaged extension and a copy of the sample
 * workspace. When it fails, a picture and the logs are left in out/test/.
 */
export function userPath(
  name: string,
  options: Partial<WorkbenchOptions> | (() => Promise<Partial<WorkbenchOptions>>),
  walk: (setting: Setting) => Promise<void>,
): void {
  test(name, async () => {
    const chosen = typeof options === 'function' ? await options() : options;
    const host = await openWorkbench({
      workspace: SAMPLE_WORKSPACE,
      extension: packagedExtension(),
      ...chosen,
    });
    host.page.setDefaultTimeout(PATIENCE_MS);
    try {
      await walk({ workbench: new WorkbenchPage(host.page), host });
    } catch (error) {
      await leaveTraces(name, host);
      throw error;
    } finally {
      await host.close();
    }
  });
}

async function leaveTraces(name: string, host: OpenWorkbench): Promise<void> {
  const folder = path.join(PROJECT, 'out', 'test');
  const file = path.join(folder, name.replaceAll(/[^\p{L}\p{N}]+/gu, '-'));
  await mkdir(folder, { recursive: true });
  await host.page.screenshot({ path: `${file}.png` });
  await writeFile(`${file}.log`, `${host.serverLog()}\n--- page ---\n${host.consoleLog()}`);
}

/**
 * A picture for the README, in media/ when SWITCHYARD_PICTURES is set; else in out/test/, so that a test run
 * leaves the project as it found it.
 */
export async function takePicture(host: OpenWorkbench, name: string): Promise<void> {
  const folder = path.join(PROJECT, process.env['SWITCHYARD_PICTURES'] ? 'media' : path.join('out', 'test'));
  await mkdir(folder, { recursive: true });
  await host.page.screenshot({ path: path.join(folder, `${name}.png`) });
}
