import { effect, state, subscribe } from 'callbag-recharge';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock';
import { createBudget } from '../../ledger/budget';
import { createLedger } from '../../ledger';
import { cacheSavedUsd, costUsd, priceOf, PriceOverrides } from '../../models/prices';
import { ours } from '../../privacy/draft';
import { createHealth } from '../../routing/health/health';
import { createYard } from '../../routing/create-yard';
import type { World } from '../../routing/world';
import { conversationOpener } from '../answer/open-conversation';
import { AskSurface } from '../ask/ask-surface';
import { editReview } from '../ask/review-edits';
import { CODE_ACTION_METADATA, codeActions } from '../code-actions';
import { askAboutEnvironmentKey } from '../commands/key-commands';
import { ExplainSurface } from '../explain/explain-surface';
import { startGhostText } from '../ghost-text/start-ghost-text';
import { InfoDocuments } from '../info-documents';
import { EndpointConsent } from '../models/endpoint-consent';
import { Providers } from '../models/providers';
import { Notifier } from '../notify';
import { policyStore } from '../policy-store';
import { editorGate } from '../privacy/cloud-gate';
import { workspaceRules } from '../privacy/workspace-rules';
import { parsesCheck } from '../../tasks/checks/parses';
import { diagnosticsCheck } from '../refactor/diagnostics-check';
import { ProposalDocuments } from '../refactor/proposal-documents';
import { RefactorSurface } from '../refactor/refactor-surface';
import { Keys } from '../secrets';
import { settingsStore } from '../settings/read-settings';
import { showStatus } from '../status/status-bar';
import { Switches } from '../switches';
import { Syntax } from '../../syntax/syntax';
import { priceNow } from '../words';
import { askOverCap } from './ask-over-cap';
import { openDashboard } from './dashboard-data';
import { statusInput } from './status-input';
import { watchEvents } from './watch-events';
import { newWindowId, yardSurface } from './yard-surface';

const EDIT_FORMAT = ours``;

export type Core = Awaited<ReturnType<typeof createCore>>;

/** Puts the parts together. Everything that can wait for a first request does. */
export async function createCore(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  status: vscode.StatusBarItem,
) {
  const { subscriptions, globalStorageUri, extensionUri } = context;
  const own = <T extends vscode.Disposable>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const settings = settingsStore(subscriptions);
  const keys = own(new Keys(context));
  await keys.refresh();
  const consent = new EndpointConsent(context.globalState);
  const providers = new Providers({ settings, keys, consent });
  const policy = policyStore(settings, providers.localModels);
  const overrides = (): PriceOverrides => PriceOverrides.safeParse(settings.get().prices).data ?? {};
  const now = (): number => systemClock.now();
  const price = priceNow(overrides, now);

  // Figures of stand-in servers must never mix with real ones.
  const books = vscode.Uri.joinPath(globalStorageUri, settings.get().demo ? 'demo-books' : 'books').fsPath;
  const windowId = newWindowId();
  const ledger = createLedger({
    folder: `${books}/ledger`,
    windowId,
    clock: systemClock,
    completionsCount: settings.get().countCompletionSavings,
    price: (model, at, usage) => {
      const found = priceOf(model, at, overrides());
      if (found === undefined) return undefined;
      const usd = costUsd(usage, found);
      return { usd, usdWithoutCache: usd + cacheSavedUsd(usage, found) };
    },
  });
  const caps = state(settings.get().budget, { name: 'caps' });
  const budget = createBudget({ folder: `${books}/budget`, windowId, clock: systemClock, ledger, caps });
  const health = createHealth({
    clock: systemClock,
    probe: (track) => providers.probe(track),
    mayProbe: ({ place }) => place === 'local' || !(policy.get().offline || policy.get().cloudForbidden),
  });
  const yard = createYard({
    clock: systemClock,
    policy,
    directory: providers.directory,
    health,
    budget,
    price,
    askOverCap,
    log: (line) => log.warn(line),
  });
  subscribe(yard.outcomes, (outcome) => {
    if (outcome !== undefined) ledger.append(outcome);
  });
  subscribe(yard.feedbacks, (feedback) => {
    if (feedback !== undefined) ledger.amend(feedback);
  });

  const switches = own(new Switches());
  const notifier = new Notifier(context.globalState);
  const info = own(new InfoDocuments());
  const rules = workspaceRules(() => settings.get(), subscriptions);
  const gate = editorGate({ rules, settings: () => settings.get(), documents: info });
  const world = (): World => ({
    policy: policy.get(),
    budget: budget.state(),
    askedAboutCap: false,
    isSetUp: (model) =>
      (model.place === 'local' ? providers.directory.local(model) : providers.directory.cloud(model)) !==
      undefined,
    health: (model) => health.of(model),
    price,
  });
  const demo = (): boolean => settings.get().demo;
  const surface = yardSurface({ yard, gate, switches, notifier, world, price, demo, now });
  const openConversation = conversationOpener(surface, editReview(), extensionUri);
  const syntax = new Syntax((name) => vscode.Uri.joinPath(extensionUri, 'dist', 'wasm', name).fsPath);
  const refactor = own(
    new RefactorSurface(surface, own(new ProposalDocuments()), (target) => [
      parsesCheck(
        {
          languageId: target.document.languageId,
          text: target.snapshot,
          start: target.start,
          end: target.end,
        },
        (languageId, text) => syntax.countErrors(languageId, text),
      ),
      diagnosticsCheck(target),
    ]),
  );
  const explain = new ExplainSurface(surface, openConversation);
  const ask = new AskSurface(surface, openConversation, EDIT_FORMAT);
  const ghostText = own(
    startGhostText({ yard, gate, settings, switches }),
  );

  own(
    showStatus(
      status,
      statusInput({
        settings,
        active: yard.active,
        tracks: health.tracks,
        localModels: providers.localModels,
        stats: ledger.stats,
        budget: budget.store,
        snoozedUntil: switches.snoozedUntil,
        completions: ghostText.line,
      }),
    ),
  );
  const dashboard = own(
    openDashboard({ extensionUri, settings, yard, ledger, budget, health, providers, keys, ghostText }),
  );
  own(vscode.languages.registerCodeActionsProvider({ pattern: '**' }, codeActions, CODE_ACTION_METADATA));
  own(watchEvents({ settings, caps, ledger, providers, consent, keys, health, yard, notifier, log }));
  own(
    new vscode.Disposable(
      effect([keys.source, policy], () => {
        if (!policy.get().offline) void askAboutEnvironmentKey(keys);
      }),
    ),
  );
  void providers.refresh();

  const dispose = async (): Promise<void> => {
    yard.dispose();
    health.dispose();
    await budget.dispose();
    await ledger.dispose();
  };
  return {
    settings,
    keys,
    providers,
    ledger,
    budget,
    health,
    yard,
    switches,
    info,
    gate,
    surface,
    explain,
    refactor,
    ask,
    ghostText,
    dashboard,
    world,
    price,
    log,
    context,
    dispose,
  };
}
