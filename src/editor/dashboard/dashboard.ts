import { effect, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import {
  readDashboardMessage,
  type DashboardAction,
  type DashboardData,
  type ToDashboardPage,
} from '../../dashboard/protocol';
import { forUser, inBackground } from '../failures';
import { pageHtml, pageOptions, tabIcon } from '../webview-page';

/** Figures change with every keystroke's completion; a person reads them a few times a second at most, in ms. */
const REFRESH_MS = 250;

export interface DashboardParts {
  readonly extensionUri: vscode.Uri;
  /** Made anew only for pages that are visible. */
  readonly data: () => DashboardData;
  /** Changes whenever `data` would. */
  readonly changes: Store<unknown>;
  readonly why: (requestId: string) => readonly string[];
}

/** The dashboard, as a view in the side bar and as an editor tab: the same page, fed by the same data. */
export class Dashboard implements vscode.Disposable {
  readonly #pages = new Set<DashboardPage>();
  readonly #disposables: vscode.Disposable[];
  #panel: vscode.WebviewPanel | undefined;
  #refresh: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: DashboardParts) {
    const dispose = effect([parts.changes], () => {
      this.#schedule();
    });
    this.#disposables = [
      vscode.window.registerWebviewPanelSerializer('switchyard.dashboard', {
        deserializeWebviewPanel: (panel) => {
          this.#adopt(panel);
          return Promise.resolve();
        },
      }),
      new vscode.Disposable(dispose),
    ];
  }

  openInSideBar(view: vscode.WebviewView): void {
    this.#open(view.webview, () => view.visible, view.onDidDispose, view.onDidChangeVisibility);
  }

  openInEditor(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal();
      return;
    }
    const options = pageOptions(this.parts.extensionUri);
    this.#adopt(
      vscode.window.createWebviewPanel(
        'switchyard.dashboard',
        'Switchyard',
        vscode.ViewColumn.Active,
        options,
      ),
    );
  }

  dispose(): void {
    clearTimeout(this.#refresh);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    panel.iconPath = tabIcon(this.parts.extensionUri);
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    this.#open(panel.webview, () => panel.visible, panel.onDidDispose, panel.onDidChangeViewState);
  }

  #open(
    webview: vscode.Webview,
    visible: () => boolean,
    onClose: vscode.Event<unknown>,
    onVisibility: vscode.Event<unknown>,
  ): void {
    const page = new DashboardPage(webview, visible, this.parts);
    this.#pages.add(page);
    onClose(() => this.#pages.delete(page));
    onVisibility(() => page.refresh());
    webview.options = pageOptions(this.parts.extensionUri);
    webview.html = pageHtml(webview, this.parts.extensionUri, 'dashboard', 'Switchyard');
  }

  #schedule(): void {
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined;
      for (const page of this.#pages) page.refresh();
    }, REFRESH_MS);
  }
}

/** Actions that are not simply the command of their name. */
const COMMANDS: Partial<Record<DashboardAction, readonly [string, ...string[]]>> = {
  openInEditor: ['dashboard'],
  startLocal: ['nextStep', 'start-local-engine'],
};

class DashboardPage {
  #ready = false;

  constructor(
    private readonly webview: vscode.Webview,
    private readonly visible: () => boolean,
    private readonly parts: DashboardParts,
  ) {
    webview.onDidReceiveMessage((raw: unknown) => this.#receive(raw));
  }

  refresh(): void {
    if (this.#ready && this.visible()) this.#post({ type: 'data', data: this.parts.data() });
  }

  #receive(raw: unknown): void {
    const message = readDashboardMessage(raw);
    switch (message?.type) {
      case 'ready':
        this.#ready = true;
        this.refresh();
        return;
      case 'why':
        this.#post({ type: 'why', requestId: message.requestId, lines: this.parts.why(message.requestId) });
        return;
      case 'action': {
        const [command, ...args] = COMMANDS[message.action] ?? [message.action];
        forUser('Dashboard', vscode.commands.executeCommand(`switchyard.${command}`, ...args));
        return;
      }
      case undefined:
    }
  }

  #post(message: ToDashboardPage): void {
    inBackground('Feeding the dashboard', this.webview.postMessage(message));
  }
}
