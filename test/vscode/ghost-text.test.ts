import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, open, write } from './support/editor';
import { extension, run, setting } from './support/extension';
import { until } from './support/until';
import { Yard } from './support/yard';

const type = (text: string): Thenable<unknown> => vscode.commands.executeCommand('type', { text });

describe('ghost text', () => {
  let yard: Yard;
  let count = 0;
  /** What the model would write: new each time, so that neither the cache nor the workspace foresees it. */
  let answer = '';
  before(async () => (yard = await Yard.open()));
  after(() => yard.close());
  beforeEach(() => {
    count += 1;
    answer = `quokka${count} + wombat${count};`;
    yard.local = (question) => (question.kind === 'infill' ? answer : '');
  });
  afterEach(closeAll);

  const head = (): string => `const zoo${count} = `;
  const asked = (): number => yard.localRequests.length;
  const savedUsd = async (): Promise<number> => (await (await extension().activate()).stats()).all.saved.usd;

  /** A new file with the caret at its end. */
  async function startTyping(code = head(), name = `typed${count}.ts`): Promise<vscode.TextDocument> {
    const editor = await open(await write(name, code));
    const end = editor.document.positionAt(code.length);
    editor.selection = new vscode.Selection(end, end);
    return editor.document;
  }

  /** Types a key and takes it back, as one who thinks. */
  async function hesitate(): Promise<void> {
    await type('x');
    await vscode.commands.executeCommand('deleteLeft');
  }

  /** Accepts what is shown, as it comes, until the document reads `text`. */
  async function acceptsTo(text: string, document: vscode.TextDocument, command = 'commit'): Promise<void> {
    await until(`ghost text that makes it '${text}'`, async () => {
      if (document.getText() === text) return true;
      await vscode.commands.executeCommand(`editor.action.inlineSuggest.${command}`);
      return document.getText() === text;
    });
  }

  /** Ghost text grows while the answer streams; asked again after its end, it comes whole from the cache. */
  async function showsWhole(): Promise<void> {
    const before = asked();
    await until('a request', async () => {
      await run('completions.trigger');
      return asked() > before;
    });
    await until('the end of the answer', () => yard.localRequests.at(-1)?.state === 'ended');
    await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    await run('completions.trigger');
  }

  it('comes from the local model while typing, and is accepted', async () => {
    const document = await startTyping();
    await hesitate();

    await acceptsTo(head() + answer, document);

    assert.equal(yard.cloudRequests.length, 0);
  });

  it('comes on demand', async () => {
    const document = await startTyping();

    await run('completions.trigger');

    await acceptsTo(head() + answer, document);
  });

  it('is accepted word by word', async () => {
    const document = await startTyping();
    await showsWhole();

    await vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextWord');

    await until('a word', () => document.getText() !== head());
    assert.match(document.getText().slice(head().length), /^quokka\d* ?$/);
  });

  it('is taken back by one undo', async () => {
    const document = await startTyping();
    await showsWhole();
    await acceptsTo(head() + answer, document);

    await vscode.commands.executeCommand('undo');

    assert.equal(document.getText(), head());
  });

  it('saves only when it is accepted', async () => {
    const document = await startTyping();
    const before = await savedUsd();
    const outcomes = yard.outcomes.all.length;
    await run('completions.trigger');
    await until('the outcome', () => yard.outcomes.all.length > outcomes);
    assert.equal(yard.outcomes.last?.task, 'complete');
    assert.equal(await savedUsd(), before);

    await acceptsTo(head() + answer, document);

    await until('the saving', async () => (await savedUsd()) > before);
  });

  it('asks no model in languages the user excludes', async () => {
    const before = asked();
    await startTyping('Once upon a ', 'story.txt');
    await hesitate();
    await startTyping();
    await hesitate();

    await until('a request for the other file', () => asked() > before);

    assert.ok(!JSON.stringify(yard.localRequests.slice(before)).includes('Once upon a'));
  });

  it('asks no model where the user excludes the file', async () => {
    await setting('completions.exclude', ['hidden/**']);
    const before = asked();
    await startTyping('const hiddenThing = ', 'hidden/thing.ts');
    await run('completions.trigger');
    await hesitate();
    await startTyping();
    await hesitate();

    await until('a request for the other file', () => asked() > before);

    assert.ok(!JSON.stringify(yard.localRequests.slice(before)).includes('hiddenThing'));
    await setting('completions.exclude', undefined);
  });

  it('asks no model while completions are off, but still on demand', async () => {
    await setting('completions.enabled', false);
    const document = await startTyping();
    const before = asked();

    await hesitate();
    assert.equal(asked(), before);
    await showsWhole();

    await acceptsTo(head() + answer, document);
    await setting('completions.enabled', undefined);
  });

  it('stops at the server what the next key makes stale', async () => {
    yard.ollama.faults.next({ kind: 'hang-before' }, 1, ({ path }) => path === '/api/generate');
    await startTyping();
    const before = asked();
    await run('completions.trigger');
    await until('the first request', () => asked() > before);
    const first = yard.localRequests[before];

    await type('!');
    await type(';');

    await until('the end of the first request', () => first?.state === 'closed-by-client');
  });
});
