import { startClaudeServer } from '../../test/servers/claude/server';
import { startOllamaServer } from '../../test/servers/ollama/server';
import { LIKE_CLAUDE, LIKE_OLLAMA } from '../../test/servers/pace';

/** The stand-in servers, and what makes the extension use them. */
export interface Demo {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts servers that speak Ollama's and Claude's protocols, at a pace like theirs, on loopback. */
export async function startDemo(): Promise<Demo> {
  const ollama = await startOllamaServer(LIKE_OLLAMA);
  const claude = await startClaudeServer(LIKE_CLAUDE);
  return {
    settings: {
      'switchyard.demo': true,
      'switchyard.ollama.endpoint': ollama.url,
      'switchyard.claude.endpoint': claude.url,
    },
    // No secret: the stand-in takes anything of this shape.
    env: { SWITCHYARD_DEMO_KEY: 'sk-ant-demo' },
    lines: [
      `Demo: stand-ins for Ollama (${ollama.url}) and Claude (${claude.url}) invent the answers.`,
      'Nothing leaves this machine and nothing costs anything; prices are shown as if it did.',
    ],
    stop: async () => {
      await Promise.all([ollama.close(), claude.close()]);
    },
  };
}
