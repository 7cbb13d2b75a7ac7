import { subscribe } from 'callbag-recharge';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { LedgerEntry } from '../../ledger/entry';
import type { PublicOutcome } from '../api';
import type { Started } from '../start-core';
import { commandTable } from './commands';
import { tellFailure } from '../failures';
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
    showDashboard: (view) => core.dashboard.openInSideBar(view),
    async run(command, args) {
      try {
        await commands[command](...args);
      } catch (error) {
        tellFailure(titleOf(context, command), error);
      }
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

const Contributed = z.object({
  contributes: z.object({ commands: z.array(z.object({ command: z.string(), title: z.string() })) }),
});

/** As the command palette shows it; commands that stand in no menu have only their name. */
function titleOf({ extension }: vscode.ExtensionContext, command: string): string {
  const known = Contributed.safeParse(extension.packageJSON).data?.contributes.commands ?? [];
  return known.find((one) => one.command === `switchyard.${command}`)?.title ?? command;
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
