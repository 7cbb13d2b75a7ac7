import { subscribe } from 'callbag-recharge';
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../ledger/entry';
import type { PublicOutcome } from '../api';
import type { Started } from '../start-core';
import { commandTable } from './commands';
import { closeCore, createCore } from './create-core';

/** Creates the core and hands out what the outside may use of it. */
export async function openCore(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  status: vscode.StatusBarItem,
): Promise<Started> {
  const core = await createCore(context, log, status);
  const commands = commandTable(core);
  return {
    close: () => closeCore(core),
    async run(command, args) {
      await commands[command]?.(...args);
    },
    api: {
      stats: async () => {
        await core.ledger.loaded;
        return core.ledger.stats.get();
      },
      onOutcome(listener) {
        const listening = subscribe(core.yard.outcomes, (outcome) => {
          const entry = outcome === undefined ? undefined : core.ledger.find(outcome.requestId);
          if (entry !== undefined) listener(publicOutcome(entry));
        });
        return new vscode.Disposable(() => listening.unsubscribe());
      },
    },
  };
}

function publicOutcome({ outcome, spentUsd, savedUsd }: LedgerEntry): PublicOutcome {
  const { requestId, task, languageId, at, endedAt, result, attempts } = outcome;
  return {
    requestId,
    task,
    languageId,
    at,
    endedAt,
    result: result.kind,
    ...(result.kind === 'answered' && { track: result.track }),
    models: attempts.map(({ model }) => model.id),
    spentUsd,
    savedUsd,
  };
}
