import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileUri, open, write } from './support/editor';
import { run, setting } from './support/extension';
import { until } from './support/until';
import { shareYard } from './support/share-yard';
import type { Yard } from './support/yard';

// In two pieces, so that no scanner of repositories takes it for a real one.
const TOKEN = ['ghp', 'A7bC9dE1fG3hJ5kL7mN9pQ1rS3tU5vW7xY9z'].join('_');

describe('what may leave', () => {
  let yard: Yard;
  shareYard((opened) => (yard = opened));

  /** What the preview of a request shows. */
  async function preview(request: string): Promise<string> {
    yard.person.answers(/^What would be sent/, request);
    await run('previewPrompt');
    const documents = vscode.workspace.textDocuments;
    return documents.findLast(({ uri }) => uri.path.endsWith('What would be sent.txt'))?.getText() ?? '';
  }

  /** All texts of the last request to the cloud. */
  function sentTexts(): readonly string[] {
    const texts: string[] = [];
    JSON.stringify(yard.cloudRequests.at(-1)?.body, (key, value: unknown) => {
      if (key === 'text' && typeof value === 'string') texts.push(value);
      return value;
    });
    return texts;
  }

  /** Asks the cloud for an explanation of a whole file. */
  async function explainOnCloud(file: string | vscode.Uri): Promise<void> {
    const editor = await open(file);
    const { document } = editor;
    editor.selection = new vscode.Selection(
      new vscode.Position(0, 0),
      document.positionAt(document.getText().length),
    );
    await run('nextCloud');
    await run('explain');
  }

  async function staysHere(file: string | vscode.Uri): Promise<void> {
    const asked = yard.claude.requests.length;
    await explainOnCloud(file);
    assert.equal(yard.outcomes.last?.result, 'refused');
    assert.match(yard.answers.turn.notice?.text ?? '', /Privacy rules keep this file on your machine/);
    assert.equal(yard.answers.turn.notice?.action?.title, 'See What Was Blocked');
    assert.equal(yard.claude.requests.length, asked);
  }

  it('keeps .env files here, also when asked by hand', async () => {
    await staysHere(await write('.env', 'DATABASE_URL=postgres://u:p@localhost/db\n'));
  });

  it('explains a .env file on the local model', async () => {
    const asked = yard.claude.requests.length;
    await open(await write('.env.local', 'PORT=8080\n'), 'PORT=8080');

    await run('explain');

    assert.equal(yard.outcomes.last?.track, 'local');
    assert.equal(yard.claude.requests.length, asked);
    assert.equal(yard.answers.turn.canAskCloud, true);
  });

  it('keeps files here that .gitignore excludes, from the moment it does', async () => {
    const file = await write('notes/private.ts', 'export const note = 1;\n');
    await explainOnCloud(file);
    assert.equal(yard.outcomes.last?.track, 'cloud');

    await write('notes/.gitignore', 'private.ts\n');

    await until('the new rule', async () => {
      await explainOnCloud(file);
      return yard.outcomes.last?.result === 'refused';
    });
  });

  it('keeps files here that .switchyardignore excludes', async () => {
    await write('plans/.switchyardignore', '*.py\n');
    await staysHere(await write('plans/next.py', 'print("next")\n'));
  });

  it('keeps files here that a link leads to from inside', async () => {
    const outside = path.join(tmpdir(), `outside-${process.pid}.ts`);
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(outside),
      new TextEncoder().encode('export const a = 1;\n'),
    );
    await symlink(outside, fileUri('linked.ts').fsPath);
    try {
      await staysHere('linked.ts');
    } finally {
      await rm(outside);
    }
  });

  it('sends placeholders for secrets, and puts the secrets back into the file', async () => {
    const code = `export const token = '${TOKEN}';\nexport const port = 80;\n`;
    const uri = await write('config.ts', code);
    yard.cloud = (question) => {
      const asked = question.kind === 'chat' ? (question.messages.at(-1)?.text ?? '') : '';
      const line = /export const token = .*/.exec(asked)?.[0] ?? '';
      return `\`\`\`ts\n${line}\nexport const port = 8080;\n\`\`\``;
    };
    await open(uri, code.trimEnd());
    yard.person.answers(/^Proposal by/, 'Accept');

    await run('refactor.simplify');

    assert.equal(yard.outcomes.last?.track, 'cloud');
    assert.ok(!JSON.stringify(yard.claude.requests).includes(TOKEN), 'the token was sent');
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.equal(text, `export const token = '${TOKEN}';\nexport const port = 8080;\n`);
  });

  it('says in the answer that secrets were replaced', async () => {
    await explainOnCloud(await write('config2.ts', `export const token = '${TOKEN}';\n`));

    assert.match(yard.answers.block.privacy ?? '', /1 secret/);
    assert.ok(!JSON.stringify(yard.claude.requests).includes(TOKEN), 'the token was sent');
  });

  it('sends no byte to a cloud while offline, whatever is asked', async () => {
    await setting('offline', true);
    const asked = yard.claude.requests.length;
    await open('shop/money.ts', 'export const add');

    await run('nextCloud');
    await run('explain');
    assert.match(yard.answers.turn.notice?.text ?? '', /offline switch is on/);
    assert.equal(yard.answers.turn.notice?.action?.title, 'Go Online');
    await run('explain');
    assert.equal(yard.answers.turn.canAskCloud, false);
    await run('refactor.simplify');
    yard.person.answers(/^Ask about/, 'What is add?');
    await run('ask', undefined, [fileUri('shop/money.ts'), fileUri('shop/cart.ts')]);
    await run('testKey');

    assert.equal(yard.claude.requests.length, asked);
    await setting('offline', false);
  });

  it('sends no byte to a cloud where the organisation forbids it', async () => {
    await setting('privacy.forbidCloudEverywhere', true);
    const asked = yard.claude.requests.length;
    await open('shop/money.ts', 'export const add');

    await run('nextCloud');
    await run('explain');

    assert.match(yard.answers.turn.notice?.text ?? '', /organisation does not allow/);
    assert.equal(yard.claude.requests.length, asked);
    await setting('privacy.forbidCloudEverywhere', undefined);
  });

  it('shows what would be sent before every request where that is wanted, and obeys', async () => {
    await setting('privacy.alwaysPreview', true);
    const asked = yard.cloudRequests.length;

    yard.person.answers(/^Send this to the cloud/, 'Do not send');
    await explainOnCloud('shop/money.ts');
    assert.equal(yard.outcomes.last?.result, 'refused');
    assert.equal(yard.cloudRequests.length, asked);

    yard.person.answers(/^Send this to the cloud/, 'Send this');
    await explainOnCloud('shop/money.ts');
    assert.equal(yard.outcomes.last.result, 'answered', yard.answers.turn.notice?.text);
    assert.equal(yard.cloudRequests.length, asked + 1);
    await setting('privacy.alwaysPreview', undefined);
  });

  it('previews on demand, word for word and with secrets replaced, and sends nothing', async () => {
    const asked = yard.claude.requests.length;
    await open(await write('config3.ts', `export const token = '${TOKEN}';\n`), 'export const token');

    const shown = await preview('Explain the selection');

    assert.match(shown, /Nothing has been sent yet/);
    assert.match(shown, /export const token = /);
    assert.ok(!shown.includes(TOKEN));
    assert.equal(yard.claude.requests.length, asked);
  });

  it('previews a refactor as it is then sent', async () => {
    await open('shop/money.ts', 'export const add');
    yard.person.answers(/^Refactor \d+ line/, 'Call it plus');
    const asked = yard.cloudRequests.length;
    const shown = await preview('Refactor the selection');
    assert.equal(yard.cloudRequests.length, asked);

    await open('shop/money.ts', 'export const add');
    yard.person.answers(/^Refactor \d+ line/, 'Call it plus');
    await run('refactor');

    const sent = sentTexts();
    assert.match(sent.join(''), /Call it plus/);
    for (const text of sent) assert.ok(shown.includes(text), text);
  });

  it('previews a question as it is then sent', async () => {
    await open('shop/money.ts');
    await open('shop/cart.ts');
    yard.person.answers(/^Ask about files/, 'cart.ts');
    yard.person.answers(/^Ask about 1 file/, 'What is added up?');
    const asked = yard.cloudRequests.length;
    const shown = await preview('Ask about files');
    assert.equal(yard.cloudRequests.length, asked);

    yard.person.answers(/^Ask about 1 file/, 'What is added up?');
    await run('ask', undefined, [fileUri('shop/cart.ts')]);

    const sent = sentTexts();
    assert.match(sent.join(''), /What is added up/);
    for (const text of sent) assert.ok(shown.includes(text), text);
  });

  it('does not offer files that stay here for a question', async () => {
    await write('shop/.env', 'KEY=1\n');
    await run('ask');
    const offered = yard.person.rows.map(({ label }) => label);
    assert.ok(offered.includes('cart.ts'));
    assert.ok(!offered.includes('.env'));
  });

  it('asks no cloud for its models while offline', async () => {
    await setting('offline', true);
    const asked = yard.claude.requests.length;
    yard.person.answers(/^Choose a model/, 'Refactors');
    await run('chooseModel');
    assert.ok(yard.person.rows.some(({ label }) => label === 'Claude Sonnet 5.5'));
    assert.equal(yard.claude.requests.length, asked);
    await setting('offline', false);
  });

  it('downloads no model while offline', async () => {
    await setting('offline', true);
    await run('pullModel');
    yard.person.saw(/offline, so no model can be downloaded/);
    await setting('offline', false);
  });

  it('stays without a cloud when the user goes online where the organisation forbids it', async () => {
    await setting('privacy.forbidCloudEverywhere', true);
    await setting('offline', true);
    const asked = yard.claude.requests.length;

    await run('goOnline');

    yard.person.saw(/organisation does not allow/);
    await open('shop/money.ts', 'export const add');
    await run('nextCloud');
    await run('explain');
    assert.equal(yard.outcomes.last?.result, 'refused');
    assert.equal(yard.claude.requests.length, asked);
    await setting('privacy.forbidCloudEverywhere', undefined);
  });
});
