import * as vscode from 'vscode';
import { noteDocument } from '../../pages/page-html';
import { inBackground } from '../failures';
import type { Started } from '../start-core';

const VIEW = 'switchyard.dashboardView';

/**
 * The dashboard's place in the side bar. It is there before the core is: until then it says so, instead of staying
 * empty, and where the core could not start it says where to read on.
 */
export function registerDashboardView(core: Promise<Started>): vscode.Disposable {
  return vscode.window.registerWebviewViewProvider(VIEW, {
    resolveWebviewView(view) {
      let closed = false;
      view.onDidDispose(() => (closed = true));
      view.webview.html = noteDocument('Switchyard is starting…');
      const shown = core.then(({ showDashboard }) => {
        if (closed) return;
        if (showDashboard !== undefined) showDashboard(view);
        else
          view.webview.html = noteDocument(
            'Switchyard could not start. Its entry in the status bar opens the log, which says why.',
          );
      });
      inBackground('Showing the dashboard', shown);
    },
  });
}
