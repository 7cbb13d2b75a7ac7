import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT } from '../host/places';
import type { OpenWorkbench } from '../host/workbench';

/** The empty end of the explorer, in CSS pixels. */
const NOTHING_TO_POINT_AT = [120, 450] as const;

const OUT = path.join(PROJECT, 'out', 'test');

/** What a person would want to see of a path that failed: the window as it was, and what was logged. */
export async function leaveTraces(name: string, host: OpenWorkbench, more = ''): Promise<void> {
  const file = path.join(OUT, name.replaceAll(/[^\p{L}\p{N}]+/gu, '-'));
  await mkdir(OUT, { recursive: true });
  await host.page.screenshot({ path: `${file}.png` });
  await writeFile(`${file}.log`, `${host.serverLog()}\n--- page ---\n${host.consoleLog()}\n${more}`);
}

/**
 * A picture for the README, in media/screenshots/ when SWITCHYARD_SCREENSHOTS is set; else in out/test/, so that a
 * test run leaves the project as it found it.
 */
export async function takePicture(host: OpenWorkbench, name: string): Promise<void> {
  const wanted = Boolean(process.env['SWITCHYARD_SCREENSHOTS']);
  const folder = wanted ? path.join(PROJECT, 'media', 'screenshots') : OUT;
  // Notifications fade in, scroll bars fade out.
  if (wanted) {
    await host.page.mouse.move(...NOTHING_TO_POINT_AT);
    await host.page.waitForTimeout(1_000);
  }
  await mkdir(folder, { recursive: true });
  await host.page.screenshot({ path: path.join(folder, `${name}.png`) });
}
