import { CLAUDE_CONSOLE } from '../../models/claude/console';
import type { Keys } from '../secrets';
import { askModal, showMessage, tell } from '../window/message';
import { withProgress } from '../window/progress';
import { typeSecret } from '../window/type-words';

/** The answer of a test call, in words. */
export type KeyTest = (
  key: string,
  signal: AbortSignal,
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;

/** Asks for a key, tests it, and stores it. A key that is refused is not stored; one that cannot be tested may be. */
export async function enterKey(keys: Keys, test: KeyTest): Promise<void> {
  const key = await typeSecret({
    title: 'Claude key',
    prompt: `Made at ${CLAUDE_CONSOLE.keys}. Kept in the secret storage of VS Code; tested once now, free of charge.`,
    placeHolder: 'sk-ant-…',
    validateInput: (value) => (/\s/.test(value.trim()) ? 'A key has no spaces.' : undefined),
  });
  const trimmed = key?.trim() ?? '';
  if (trimmed === '') return;
  const result = await testing(test, trimmed);
  if (result.ok) {
    await keys.storeClaude(trimmed);
    tell('info', 'The key works and is stored.');
    return;
  }
  const chosen = await showMessage(
    'warning',
    `The key was not stored: ${result.reason}`,
    'Enter Another',
    'Store Anyway',
  );
  if (chosen === 'Enter Another') await enterKey(keys, test);
  if (chosen === 'Store Anyway') await keys.storeClaude(trimmed);
}

export async function testKey(keys: Keys, test: KeyTest): Promise<void> {
  const key = await keys.claude();
  if (key === undefined) {
    const chosen = await showMessage('info', 'No Claude key is stored.', 'Enter Key');
    if (chosen === 'Enter Key') await enterKey(keys, test);
    return;
  }
  const result = await testing(test, key);
  if (result.ok) tell('info', 'The Claude key works.');
  else tell('warning', `The Claude key does not work: ${result.reason}`);
}

export async function removeKey(keys: Keys): Promise<void> {
  const chosen = await askModal(
    'warning',
    'Remove the Claude key? Refactors and questions then run on local models only.',
    [],
    'Remove',
  );
  if (chosen === 'Remove') await keys.removeClaude();
}

export async function enterServerKey(keys: Keys): Promise<void> {
  const key = await typeSecret({
    title: 'Key of the OpenAI-compatible server',
    prompt: 'Kept in the secret storage of VS Code. Leave empty to remove it.',
  });
  if (key !== undefined) await keys.storeServer(key.trim());
}

/** A key found in the environment is asked about once, and only when a cloud request would want it. */
export async function askAboutEnvironmentKey(keys: Keys): Promise<void> {
  if (!keys.environmentUndecided) return;
  const chosen = await showMessage(
    'info',
    'ANTHROPIC_API_KEY is set in the environment. May Switchyard use it for requests to Claude? It is not stored.',
    'Use It',
    'Do Not Use It',
  );
  if (chosen !== undefined) await keys.decideEnvironment(chosen === 'Use It');
}

const testing = (test: KeyTest, key: string): ReturnType<KeyTest> =>
  withProgress('Switchyard: testing the key', (cancelled) => test(key, cancelled));
