import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../../host/browser';
import { PROJECT } from '../../host/places';
import { pageDocument } from '../../../src/pages/page-html';
import { THEMES, themeCss, type ThemeName } from './fixtures/themes';

export type PageName = 'dashboard' | 'answer';

export interface PageOptions {
  readonly page: PageName;
  readonly theme?: ThemeName;
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Lies behind the page, as VS Code has it there. */
  readonly place?: 'editor' | 'sideBar';
}

/** A page as VS Code shows it: its own document and policy, VS Code's variables, and the messages of the editor. */
export interface ShownPage {
  readonly page: Page;
  /** What the page sent so far, oldest first. */
  sent(): Promise<readonly unknown[]>;
  /** A message from the editor; resolves when the page has drawn it. */
  post(message: unknown): Promise<void>;
  /** Console errors, uncaught errors, violations of the policy, and requests to anywhere but the page's own files. */
  troubles(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Stands in for what VS Code puts into a page; keeps state over a reload, as VS Code does for a hidden page. */
const STUB = `
  window.__sent = [];
  window.__violations = [];
  addEventListener('securitypolicyviolation', (event) => {
    window.__violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
  });
  let acquired = false;
  window.acquireVsCodeApi = () => {
    if (acquired) throw new Error('acquireVsCodeApi was called twice');
    acquired = true;
    return {
      postMessage: (message) => window.__sent.push(structuredClone(message)),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    };
  };
`;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

declare global {
  interface Window {
    __sent: unknown[];
    __violations: string[];
  }
}

/** Serves the built pages on loopback to a browser of its own. Needs `npm run build` to have run. */
export class PageHost {
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async start(): Promise<PageHost> {
    const server = createServer((request, response) => {
      void answer(new URL(request.url ?? '/', 'http://127.0.0.1')).then(
        ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageHost(server, await launchBrowser());
  }

  async open(options: PageOptions): Promise<ShownPage> {
    const { page: name, theme = 'dark', width = 600, height = 800, place = 'editor' } = options;
    const address = this.#server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`;
    const page = await openPage(this.#browser, { width, height });
    const troubles: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) troubles.push(`request: ${request.url()}`);
    });
    await page.goto(`${origin}/?page=${name}&theme=${theme}&place=${place}`);
    await page.waitForFunction(() => window.__sent.length > 0);
    return {
      page,
      sent: () => page.evaluate(() => window.__sent),
      post: async (message) => {
        await page.evaluate(async (data) => {
          window.postMessage(data, '*');
          const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
          for (let drawn = 0; drawn < 4; drawn += 1) await frame();
        }, message);
      },
      troubles: async () => [
        ...troubles,
        ...(await page.evaluate(() => window.__violations)).map((violation) => `policy: ${violation}`),
      ],
      close: () => page.context().close(),
    };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function answer({ pathname, searchParams }: URL): Promise<{ type: string; body: string | Buffer }> {
  const theme = searchParams.get('theme') === null ? 'dark' : (searchParams.get('theme') as ThemeName);
  const place = searchParams.get('place') === 'sideBar' ? 'sideBar' : 'editor';
  if (pathname === '/') {
    const name = searchParams.get('page') === 'answer' ? 'answer' : 'dashboard';
    return { type: 'text/html; charset=utf-8', body: documentOf(name, theme, place) };
  }
  if (pathname === '/theme.css') return { type: 'text/css', body: themeCss(theme, place) };
  if (!pathname.startsWith('/dist/') || pathname.includes('..')) throw new Error('No such file');
  const type = TYPES[path.extname(pathname)];
  if (type === undefined) throw new Error('No such type');
  return { type, body: await readFile(path.join(PROJECT, pathname)) };
}

/** The very document of the extension, with what VS Code would add to it. */
function documentOf(name: PageName, theme: ThemeName, place: 'editor' | 'sideBar'): string {
  const nonce = randomBytes(9).toString('base64url');
  return pageDocument({
    title: 'Switchyard',
    script: `/dist/${name}.js`,
    styles: [
      `/theme.css?theme=${theme}&amp;place=${place}`,
      '/dist/codicons/codicon.css',
      `/dist/${name}.css`,
    ],
    source: "'self'",
    nonce,
  })
    .replace('<head>', `<head><script nonce="${nonce}">${STUB}</script>`)
    .replace('<body>', `<body class="${THEMES[theme].bodyClass}" role="document">`);
}
