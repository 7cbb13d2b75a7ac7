import { effect, subscribe, type Store, type WritableStore } from 'callbag-recharge';
import * as vscode from 'vscode';
import { noticesOf, type Ledger } from '../../ledger';
import type { Health } from '../../routing/health/health';
import type { Yard } from '../../routing/yard';
import { EndpointQuestion } from '../models/endpoint-question';
import type { EndpointConsent } from '../models/endpoint-consent';
import { tracksToWatch } from '../models/local-models';
import { LookAgain } from '../models/look-again';
import type { Providers } from '../models/providers';
import { WarmAhead } from '../models/warm-ahead';
import type { Notifier } from '../notify';
import { inBackground } from '../failures';
import type { Keys } from '../secrets';
import { setContext } from '../set-context';
import type { Settings } from '../settings/settings';

export interface WatchedParts {
  readonly settings: Store<Settings>;
  readonly caps: WritableStore<Settings['budget']>;
  readonly ledger: Ledger;
  readonly providers: Providers;
  readonly consent: EndpointConsent;
  readonly keys: Keys;
  readonly health: Health;
  readonly yard: Yard;
  readonly notifier: Notifier;
  readonly log: vscode.LogOutputChannel;
}

/** What follows from what: settings that change, endpoints that need a yes, troubles the user should hear of once. */
export function watchEvents(parts: WatchedParts): vscode.Disposable {
  const { settings, caps, ledger, providers, keys, health, yard, notifier, log } = parts;
  // Offline, a server that is not on this machine is none.
  const endpoints = (): string => {
    const { endpoints, models, insideModel, policy } = settings.get();
    return JSON.stringify([endpoints, models, insideModel, policy.offline]);
  };
  let known = endpoints();
  let lastLine = '';
  const warm = new WarmAhead(providers);
  const look = (): void => inBackground('Looking at the local engines', providers.refresh());
  const lookAgain = new LookAgain(look);
  const endpointQuestion = new EndpointQuestion(providers, parts.consent);
  const stops = [
    effect([settings], () => {
      caps.set(settings.get().budget);
      setContext('offline', settings.get().policy.offline);
      ledger.setCompletionsCount(settings.get().countCompletionSavings);
      if (endpoints() === known) return;
      known = endpoints();
      look();
    }),
    effect([providers.waitingForConsent], () => {
      inBackground('Asking about an endpoint', endpointQuestion.ask());
    }),
    effect([providers.localModels], () => {
      const models = providers.localModels.get();
      const { state, complete, engine } = models;
      for (const seen of tracksToWatch(models))
        health.observed({ provider: seen.provider, place: 'local' }, seen.state);
      const ollama = models.looks.find(({ provider }) => provider === 'ollama');
      setContext('ollamaUp', ollama?.state.kind === 'ready');
      setContext('hasLocalModel', complete !== undefined && complete.model.ref.standIn !== true);
      warm.follow(models, settings.get().completions.enabled);
      const line = `Local: ${state.kind}, ${state.kind === 'ready' ? engine : state.reason}.`;
      if (line !== lastLine) log.info(line);
      lastLine = line;
    }),
    effect([keys.source], () => {
      setContext('hasKey', keys.source.get() !== 'none');
      // A new key deserves a new try, whatever the last one's failures said.
      if (keys.source.get() !== 'none')
        health.observed({ provider: 'claude', place: 'cloud' }, { kind: 'ready' });
    }),
    effect([yard.active], () => {
      setContext(
        'working',
        yard.active.get().some(({ task }) => task !== 'complete'),
      );
    }),
    effect([ledger.health], () => {
      for (const { key, text } of noticesOf(ledger.health.get())) {
        notifier.show({ cause: `ledger/${key}`, severity: 'warning', message: text, actions: [SHOW_LOG] });
      }
    }),
  ];
  const outcomes = subscribe(yard.outcomes, (outcome) => {
    if (outcome === undefined) return;
    const last = outcome.attempts.at(-1);
    const how = outcome.result.kind === 'failed' ? `failed (${outcome.result.failure})` : outcome.result.kind;
    const line = `${outcome.task} ${how}${last === undefined ? '' : ` by ${last.model.id}`}, ${String(outcome.endedAt - outcome.at)} ms.`;
    if (outcome.task === 'complete') log.debug(line);
    else log.info(line);
    lookAgain.after(outcome, providers.localModels.get());
  });
  return new vscode.Disposable(() => {
    outcomes.unsubscribe();
    lookAgain.dispose();
    for (const stop of stops) stop();
  });
}

const SHOW_LOG = { title: 'Show Log', command: 'switchyard.showLog' };
