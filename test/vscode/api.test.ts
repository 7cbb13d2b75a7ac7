import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open } from './support/editor';
import { extension, run } from './support/extension';
import { until } from './support/until';
import { KEY, Yard } from './support/yard';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Run by buttons, links and VS Code itself; a person has no use for them in the palette. */
const NOT_IN_PALETTE = new Set(
  ['nextStep', 'refactor.again', 'completions.wake', 'completionAccepted', 'settings', 'budgetSettings'].map(
    (name) => `switchyard.${name}`,
  ),
);

describe('the extension as others see it', () => {
  let yard: Yard;
  before(async () => (yard = await Yard.open()));
  after(() => yard.close());

  it('registers every command of its manifest, and no other that a person could look for', async () => {
    const { contributes } = extension().packageJSON as Manifest;
    const contributed = contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true))
      // VS Code makes commands of its own for each view.
      .filter((name) => name.startsWith('switchyard.') && !name.startsWith('switchyard.dashboardView.'))
      .filter((name) => !NOT_IN_PALETTE.has(name))
      .sort();

    assert.deepEqual(registered, contributed);
  });

  it('hands out figures and outcomes, and nothing that could spend or read a key', async () => {
    const api = await extension().activate();

    assert.deepEqual(Object.keys(api).sort(), ['onOutcome', 'stats', 'version']);
    assert.equal(api.version, 1);
    const stats = JSON.stringify(await api.stats());
    assert.ok(!stats.includes(KEY));
  });

  it('tells of each outcome once, with its figures', async () => {
    const before = (await (await extension().activate()).stats()).all.requests;
    const heard = yard.outcomes.all.length;
    await open('shop/money.ts', 'export const percent');

    await run('explain');

    assert.equal(yard.outcomes.all.length, heard + 1);
    const outcome = yard.outcomes.last;
    assert.equal(outcome?.result, 'answered');
    assert.equal(outcome.languageId, 'typescript');
    assert.equal(outcome.models.length, 1);
    assert.ok(outcome.endedAt >= outcome.at);
    assert.equal((await (await extension().activate()).stats()).all.requests, before + 1);
  });

  it('stops telling those who listen no more', async () => {
    const api = await extension().activate();
    let heard = 0;
    const listening = api.onOutcome(() => (heard += 1));
    await open('shop/money.ts', 'export const percent');
    await run('explain');
    await until('the outcome', () => heard === 1);

    listening.dispose();
    // The API itself waits for the core; so does what comes next.
    await api.stats();
    await run('explain');

    assert.equal(heard, 1);
  });
});
