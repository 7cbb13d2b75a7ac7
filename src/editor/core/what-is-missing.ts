import type { DashboardData } from '../../dashboard/protocol';
import { isLoopback } from '../../models/wire/hosts';
import { hasOnlyStandIn } from '../models/choose-models';
import type { LocalModels } from '../models/local-models';

type Missing = DashboardData['missing'];

export interface Seen {
  readonly local: Pick<LocalModels, 'state' | 'looks' | 'complete' | 'explain'>;
  readonly ollamaEndpoint: string;
  /** This package brings an engine of its own. */
  readonly engineInside: boolean;
  readonly hasKey: boolean;
}

/** What keeps a part of Switchyard from working, each with the step that helps. */
export function whatIsMissing(seen: Seen): Missing {
  // Before the engines were looked at nothing is known to be missing.
  const here = seen.local.looks.length === 0 ? [] : localMissing(seen);
  return seen.hasKey ? here : [...here, KEY];
}

const KEY: Missing[number] = {
  text: 'Without a Claude key refactors and questions stay on local models.',
  action: 'enterKey',
  title: 'Enter Key',
};

const REAL_MODEL: Missing[number] = {
  text: 'Local answers come from a stand-in, and are poor. A real model is one download away.',
  action: 'downloadModel',
  title: 'Download a Model',
};

function localMissing({ local, ollamaEndpoint, engineInside }: Seen): Missing {
  if (hasOnlyStandIn(local)) return [REAL_MODEL];
  if (local.state.kind === 'ready')
    return local.complete === undefined
      ? [{ text: 'No installed model can complete code.', action: 'pullModel', title: 'Pull a Model' }]
      : [];
  return [
    // Only what runs on this machine can be started from here.
    isLoopback(ollamaEndpoint)
      ? {
          text: 'Ollama is not running, so no model answers on your machine.',
          action: 'startLocal',
          title: 'Start Ollama',
        }
      : { text: `Ollama does not answer at ${ollamaEndpoint}.`, action: 'diagnose', title: 'Diagnose' },
    ...(engineInside
      ? [
          {
            text: 'Or let Switchyard run a model by itself: one download, and nothing to install.',
            action: 'downloadModel' as const,
            title: 'Download a Model',
          },
        ]
      : []),
  ];
}
