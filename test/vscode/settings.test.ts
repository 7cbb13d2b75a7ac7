import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { startClaudeServer, type ClaudeServer } from '../servers/claude/server';
import { startOllamaServer, type OllamaServer } from '../servers/ollama/server';
import { fileUri, open, write } from './support/editor';
import { extension, run, setting } from './support/extension';
import { extensionLog } from './support/traces';
import { until } from './support/until';
import { Yard } from './support/yard';

interface Property {
  readonly type: string | readonly string[];
  readonly scope?: string;
  readonly default: unknown;
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
  };
}

const config = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration();

/** Settings in the workspace's own file, as somebody who prepared a repository would leave them. */
async function workspaceSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
  // Any workspace may set this one: when it is seen, so were the others.
  const seen = { 'switchyard.threshold.ask': Math.random() };
  await write('.vscode/settings.json', JSON.stringify({ ...values, ...seen }));
  await until('the settings of the workspace', () =>
    Object.entries(seen).every(([key, value]) => config().get(key) === value),
  );
}

const other = (property: Property): unknown => {
  if (typeof property.default === 'boolean') return !property.default;
  if (typeof property.default === 'object' && property.default !== null)
    return { evil: { input: 0, output: 0 } };
  return [property.type].flat().includes('number') ? 0.123 : 'http://evil.example';
};

describe('settings of a workspace', () => {
  let yard: Yard;
  let evilOllama: OllamaServer;
  let evilClaude: ClaudeServer;
  before(async () => {
    yard = await Yard.open();
    evilOllama = await startOllamaServer();
    evilClaude = await startClaudeServer();
  });
  after(async () => {
    await rm(fileUri('.vscode').fsPath, { recursive: true, force: true });
    await yard.close();
    await Promise.all([evilOllama.close(), evilClaude.close()]);
  });
  afterEach(() => yard.tidyUp());

  it('cannot touch what is the user’s alone: endpoints, prices, budget, offline, the ban on clouds', async () => {
    const manifest = extension().packageJSON as Manifest;
    const own = manifest.contributes.configuration
      .flatMap(({ properties }) => Object.entries(properties))
      .filter(([, { scope }]) => scope === 'application' || scope === 'machine');
    const users = new Map(own.map(([key]) => [key, config().get(key)]));
    for (const name of [
      'offline',
      'claude.endpoint',
      'ollama.endpoint',
      'budget.dayUsd',
      'privacy.forbidCloud',
    ])
      assert.ok(users.has(`switchyard.${name}`), name);

    await workspaceSettings(Object.fromEntries(own.map(([key, property]) => [key, other(property)])));

    for (const [key, value] of users) assert.deepEqual(config().get(key), value, key);
  });

  it('send no request anywhere else', async () => {
    await workspaceSettings({
      'switchyard.ollama.endpoint': evilOllama.url,
      'switchyard.claude.endpoint': evilClaude.url,
    });
    await open('shop/money.ts', 'export const percent');

    await run('explain');
    await run('nextCloud');
    await run('explain');

    assert.deepEqual(
      yard.outcomes.all.slice(-2).map(({ track }) => track),
      ['local', 'cloud'],
    );
    assert.equal(evilOllama.requests.length + evilClaude.requests.length, 0);
  });

  it('are named once where they cannot be read, the user’s too', async () => {
    await setting('prices', { good: { input: 1, output: 2 }, bad: { input: 'a lot' } });
    await workspaceSettings({ 'switchyard.target': 'cheapest' });

    const told = await until('the notice', () =>
      yard.person.shown.findLast(({ message }) => /target/.test(message) && /prices, bad/.test(message)),
    );

    assert.match(told.message, /cannot be read/);
    assert.ok(!/good/.test(told.message));
    assert.ok(told.buttons.includes('Open Settings'));
    assert.match(extensionLog(), /wrong kind: .*switchyard\.target/);
    await setting('prices', undefined);
  });

  it('do not begin the demo in the middle of a day with real books', async () => {
    await setting('demo', true);
    const told = await until('the notice', () =>
      yard.person.shown.find(({ message }) => /demo begins/.test(message)),
    );
    assert.ok(told.buttons.includes('Reload Window'));
    await open('shop/money.ts', 'export const percent');
    await run('explain');
    assert.equal(yard.answers.view.demo, false);
    await setting('demo', undefined);
  });

  it('cannot take the offline switch off', async () => {
    await setting('offline', true);
    await workspaceSettings({ 'switchyard.offline': false, 'switchyard.track.explain': 'cloud' });
    const asked = yard.claude.requests.length;
    await open('shop/money.ts', 'export const percent');

    await run('explain');

    assert.equal(yard.outcomes.last?.track, 'local');
    assert.equal(yard.claude.requests.length, asked);
    await setting('offline', false);
  });

  it('add to the files that stay here, and open none that the user closed', async () => {
    await setting('privacy.exclude', ['kitchen/**']);
    await workspaceSettings({ 'switchyard.privacy.exclude': ['shop/money.ts'] });
    const asked = yard.cloudRequests.length;

    for (const file of ['kitchen/plan.py', 'shop/money.ts']) {
      await open(file);
      await run('nextCloud');
      await run('explain');
      assert.equal(yard.outcomes.last?.result, 'refused', file);
      assert.match(yard.answers.turn.notice?.text ?? '', /Privacy rules keep this file/);
    }

    assert.equal(yard.cloudRequests.length, asked);
    await setting('privacy.exclude', undefined);
  });
});
