import { effect, subscribe, type WritableStore } from 'callbag-recharge';
import * as vscode from 'vscode';
import { noticesOf, type Ledger } from '../../ledger';
import type { Health } from '../../routing/health/health';
import type { Outcome } from '../../routing/outcome';
import type { Yard } from '../../routing/yard';
import type { EndpointConsent } from '../models/endpoint-consent';
import { tracksToWatch, type LocalModels } from '../models/local-models';
import type { Providers } from '../models/providers';
import type { Notifier } from '../notify';
import { inBackground } from '../failures';
import type { Keys } from '../secrets';
import { setContext } from '../set-context';
import { showMessage } from '../window/message';
import type { Settings } from '../settings/settings';
import type { Store } from 'callbag-recharge';

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
  const warmed = new Set<string>();
  const asked = new Set<string>();
  const stops = [
    effect([settings], () => {
      caps.set(settings.get().budget);
      setContext('offline', settings.get().policy.offline);
      ledger.setCompletionsCount(settings.get().countCompletionSavings);
      if (endpoints() === known) return;
      known = endpoints();
      inBackground('Looking at the local engines', providers.refresh());
    }),
    effect([providers.waitingForConsent], () => {
      inBackground('Asking about an endpoint', askForConsent(parts, asked));
    }),
    effect([providers.localModels], () => {
      const models = providers.localModels.get();
      const { state, complete, engine } = models;
      for (const seen of tracksToWatch(models))
        health.observed({ provider: seen.provider, place: 'local' }, seen.state);
      const ollama = models.looks.find(({ provider }) => provider === 'ollama');
      setContext('ollamaUp', ollama?.state.kind === 'ready');
      setContext('hasLocalModel', complete !== undefined && complete.model.ref.standIn !== true);
      warmAhead(providers, settings.get(), warmed);
      log.info(`Local: ${state.kind}, ${state.kind === 'ready' ? engine : state.reason}.`);
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
    if (isGone(outcome, providers.localModels.get()))
      inBackground('Looking at the local engines', providers.refresh());
  });
  return new vscode.Disposable(() => {
    outcomes.unsubscribe();
    for (const stop of stops) stop();
  });
}

/** The engine in use did not answer: whether it is there, and what else is, is worth a look before the next request. */
const isGone = ({ attempts }: Outcome, { provider, state }: LocalModels): boolean =>
  state.kind === 'ready' &&
  attempts.some(
    ({ model, end }) =>
      model.provider === provider &&
      model.place === 'local' &&
      end.kind === 'failed' &&
      end.failure === 'unreachable',
  );

/** Loads the chosen models before their first request, each once; reading weights takes seconds no user should wait. */
function warmAhead(providers: Providers, { completions }: Settings, warmed: Set<string>): void {
  const { state, complete, explain } = providers.localModels.get();
  if (state.kind !== 'ready') {
    // It went away, and what it had loaded with it.
    warmed.clear();
    return;
  }
  for (const choice of [completions.enabled ? complete : undefined, explain]) {
    const ref = choice?.model.ref;
    if (ref?.place !== 'local' || warmed.has(`${ref.provider}/${ref.id}`)) continue;
    // Inside, each window has its own process: only what the next keystroke may want is worth one.
    if (ref.provider === 'inside' && choice !== complete) continue;
    warmed.add(`${ref.provider}/${ref.id}`);
    const engine = providers.engines.find(({ provider }) => provider === ref.provider);
    // A model that cannot be loaded says so when it is asked; here nobody waits for it.
    engine?.warm?.(ref.id).catch(() => undefined);
  }
}

const SHOW_LOG = { title: 'Show Log', command: 'switchyard.showLog' };

/** Code goes to an address off this machine only after one yes; each address is asked about once in a session. */
async function askForConsent({ providers, consent }: WatchedParts, asked: Set<string>): Promise<void> {
  const waiting = providers.waitingForConsent.get();
  if (waiting === undefined || asked.has(waiting.url)) return;
  asked.add(waiting.url);
  const plain = waiting.plainHttp
    ? ' The connection is plain HTTP: anyone on the way can read your code.'
    : '';
  const chosen = await showMessage(
    'warning',
    `${waiting.server} is set to ${waiting.host}, which is not this machine. Your code would be sent there.${plain}`,
    'Use It',
    'Open Settings',
  );
  if (chosen === 'Use It') {
    await consent.approve(waiting.url);
    await providers.refresh();
  } else if (chosen === 'Open Settings') await vscode.commands.executeCommand('switchyard.settings');
}
