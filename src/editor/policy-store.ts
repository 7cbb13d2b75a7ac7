import { derived, type Store } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { ModelRef } from '../models/model';
import type { Policy } from '../routing/policy';
import type { LocalModels } from './models/local-models';
import type { Settings } from './settings/settings';

const claude = (id: string): ModelRef => ({ provider: 'claude', id, place: 'cloud' });

/** What routing may do now: settings, the workspace's trust, and the models there are. */
export function policyStore(settings: Store<Settings>, localModels: Store<LocalModels>): Store<Policy> {
  return derived(
    [settings, localModels],
    () => {
      const { policy, models } = settings.get();
      const { complete, explain } = localModels.get();
      return {
        ...policy,
        // The settings store follows the granting of trust, so this is asked anew when it changes.
        trusted: vscode.workspace.isTrusted,
        models: {
          ...(complete !== undefined && { complete: complete.model.ref }),
          ...(explain !== undefined && { explain: explain.model.ref }),
          ...(models.refactor !== '' && { cloudRefactor: claude(models.refactor) }),
          ...(models.ask !== '' && { cloudAsk: claude(models.ask) }),
          ...(models.small !== '' && { cloudSmall: claude(models.small) }),
        },
      };
    },
    { name: 'policy' },
  );
}
