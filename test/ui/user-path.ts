import { test } from 'vitest';
import { SAMPLE_WORKSPACE } from '../host/places';
import { openWorkbench, type OpenWorkbench, type WorkbenchOptions } from '../host/workbench';
import { leaveTraces } from './pictures';
import { packagedExtension } from './packaged';
import { WorkbenchPage } from './workbench-page';

/** How long a person would wait for a thing to appear before giving up; on two busy cores. */
export const PATIENCE_MS = 20_000;

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
