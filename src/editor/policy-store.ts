import { derived, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { ModelRef } from '../models/model';
import type { Policy } from '../routing/policy';
import type { LocalModels } from './models/local-models';
import type { Settings } from './settings/settings';

/** The setting names a Claude model, or as `openai/name` one of the OpenAI-compatible server. */
function cloudModel(name: string): ModelRef {
  const [, server] = /^openai\/(.+)$/.exec(name) ?? [];
  return server === undefined
    ? { provider: 'claude', id: name, place: 'cloud' }
    : { provider: 'openai', id: server, place: 'cloud' };
}

/** What routing may do now: settings, the workspace's trust, and the models there are. */
export function policyStore(settings: Store<Settings>, localModels: Store<LocalModels>): Store<Policy> {
  return derived(
    [settings, localModels],
    () => {
      const { policy, models } = settings.get();
      const { complete, explain, standby } = localModels.get();
      return {
        ...policy,
        // The settings store follows the granting of trust, so this is asked anew when it changes.
        trusted: vscode.workspace.isTrusted,
        models: {
          ...(complete !== undefined && { complete: complete.model.ref }),
          ...(explain !== undefined && { explain: explain.model.ref }),
          standby: {
            ...(standby.complete !== undefined && { complete: standby.complete.model.ref }),
            ...(standby.explain !== undefined && { explain: standby.explain.model.ref }),
          },
          ...(models.refactor !== '' && { cloudRefactor: cloudModel(models.refactor) }),
          ...(models.ask !== '' && { cloudAsk: cloudModel(models.ask) }),
          ...(models.small !== '' && { cloudSmall: cloudModel(models.small) }),
        },
      };
    },
    { name: 'policy' },
  );
}
