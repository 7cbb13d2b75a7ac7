import { derived, subscribe } from 'callbag-recharge';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { completionsWait } from '../../routing/completions-wait';
import { whenIdle } from '../../routing/when-idle';
import { askAboutEnvironmentKey } from '../commands/key-commands';
import { startGhostText } from '../ghost-text/start-ghost-text';
import { InfoDocuments } from '../info-documents';
import { EndpointConsent } from '../models/endpoint-consent';
import { insidePaths } from '../models/inside-paths';
import { Providers } from '../models/providers';
import { inBackground } from '../failures';
import { Notifier } from '../notify';
import { policyStore } from '../policy-store';
import { editorGate } from '../privacy/cloud-gate';
import { workspaceRules } from '../privacy/workspace-rules';
import { LocalEditsOffer } from '../refactor/local-edits-offer';
import { localEditsSetting } from '../refactor/local-edits-setting';
import { Keys } from '../secrets';
import { settingsStore } from '../settings/read-settings';
import { watchSettings } from '../settings/watch-settings';
import { showStatus } from '../status/status-bar';
import { Syntax } from '../../syntax/syntax';
import { Switches } from '../switches';
import { openBooks } from './books';
import { openDashboard } from './dashboard-data';
import { openRouting } from './routing';
import { statusInput } from './status-input';
import { Learning } from './learning';
import { openTasks, type Tasks } from './tasks';
import { tickDoneSteps } from '../walkthrough-steps';
import { watchEvents } from './watch-events';
import { newWindowId, yardSurface, type YardSurface } from './yard-surface';

type Own = <T extends { dispose(): unknown }>(part: T) => T;

/** What the extension rests on: settings, keys, providers, books, routing, the gate. */
async function openFoundation(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, own: Own) {
  const { subscriptions, globalStorageUri, globalState } = context;
  const settings = settingsStore(subscriptions);
  const keys = new Keys(context, () => settings.get().demo);
  own(keys);
  await keys.refresh();
  const consent = new EndpointConsent(globalState);
  const providers = own(
    new Providers({ settings, keys, consent, inside: insidePaths(context.extensionUri, globalStorageUri) }),
  );
  const policy = policyStore(settings, providers.localModels);
  // Figures of stand-in servers must never mix with real ones.
  const folder = vscode.Uri.joinPath(globalStorageUri, settings.get().demo ? 'demo-books' : 'books').fsPath;
  const books = openBooks(folder, newWindowId(), settings);
  const learning = new Learning({ memory: globalState, demo: settings.get().demo, inBackground });
  const routing = openRouting(policy, providers, books, learning, (line) => log.warn(line));
  own(new vscode.Disposable(learning.follow(routing.yard)));
  const info = new InfoDocuments();
  own(info);
  const rules = workspaceRules(() => settings.get(), subscriptions);
  const gate = editorGate({ rules, settings: () => settings.get(), documents: info });
  const switches = new Switches();
  own(switches);
  const notifier = new Notifier(globalState);
  return {
    context,
    log,
    settings,
    keys,
    consent,
    learning,
    providers,
    policy,
    ...books,
    ...routing,
    info,
    rules,
    gate,
    switches,
    notifier,
  };
}

export type Foundation = Awaited<ReturnType<typeof openFoundation>>;

/** The running extension, as its commands see it. */
export interface Core extends Foundation, Tasks {
  readonly surface: YardSurface;
  readonly syntax: Syntax;
  readonly dashboard: ReturnType<typeof openDashboard>;
}

/** Puts the parts together. Everything that can wait for a first request does. */
export async function createCore(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  status: vscode.StatusBarItem,
): Promise<Core> {
  const own: Own = (part) => {
    context.subscriptions.push(part);
    return part;
  };
  const base = await openFoundation(context, log, own);
  const { settings, yard, providers, ledger, budget, health, policy, switches } = base;
  const { extensionUri } = context;
  const syntax = new Syntax((name) => vscode.Uri.joinPath(extensionUri, 'dist', 'wasm', name).fsPath);
  const surface = yardSurface({ ...base, demo: () => settings.get().demo });
  const localEdits = new LocalEditsOffer(context.globalState, localEditsSetting(settings), systemClock);
  const tasks = openTasks({ surface, syntax, rules: base.rules, localEdits, extensionUri, own });
  const modelBusy = derived([yard.active, policy], () => completionsWait(yard.active.get(), policy.get()), {
    name: 'model-busy',
  });
  const ghostText = own(startGhostText({ ...base, modelBusy }));
  const shown = statusInput({
    settings,
    modelBusy,
    active: yard.active,
    tracks: health.tracks,
    localModels: providers.localModels,
    stats: ledger.stats,
    budget: budget.store,
    snoozedUntil: switches.snoozedUntil,
    completions: ghostText.line,
    completionsTrouble: ghostText.trouble,
    next: switches.next,
  });
  own(showStatus(status, shown));
  const dashboard = openDashboard({ ...base, extensionUri, ghostText });
  own(dashboard);
  own(watchEvents(base));
  own(watchSettings(base));
  own(askForKeyWhenMissed(base));
  own(tickDoneSteps());
  inBackground('Looking at the local engines', providers.refresh());
  return { ...base, ...tasks, surface, syntax, dashboard };
}

/** A key lying in the environment is asked about when a request went without one, once in a session. */
function askForKeyWhenMissed({ yard, keys }: Pick<Foundation, 'yard' | 'keys'>): vscode.Disposable {
  let asked = false;
  const listening = subscribe(yard.outcomes, (outcome) => {
    const missed = outcome?.decision.kind === 'run' && outcome.decision.forced === 'no-key';
    if (asked || !missed || !keys.environmentUndecided) return;
    asked = true;
    inBackground('Asking about a key', askAboutEnvironmentKey(keys));
  });
  return new vscode.Disposable(() => listening.unsubscribe());
}

/** The longest that closing waits for requests to end, in ms: a stop at the server takes a moment, and VS Code gives five seconds. */
const ENDING_MS = 2_000;

/** In this order: what still runs gets its outcome, outcomes their entry, and entries their way to the disk. */
export async function closeCore(
  parts: Pick<Foundation, 'yard' | 'health' | 'budget' | 'ledger'>,
): Promise<void> {
  parts.yard.dispose();
  await whenIdle(parts.yard, systemClock, ENDING_MS);
  parts.health.dispose();
  await parts.budget.dispose();
  await parts.ledger.dispose();
}
