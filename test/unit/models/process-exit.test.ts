import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startClaudeServer, type ClaudeServer } from '../../servers/claude/server';
import { startOllamaServer, type OllamaServer } from '../../servers/ollama/server';

const SCRIPT = `
import { OllamaProvider } from './src/models/ollama/provider';
import { ClaudeProvider } from './src/models/claude/provider';
import { chat, cloudChat, collect, OPTIONS } from './test/unit/models/asking';
void (async () => {
  const { OLLAMA = '', CLAUDE = '' } = process.env;
  const signal = new AbortController().signal;
  const local = new OllamaProvider({ host: OLLAMA }).local('llama3.2:3b');
  await collect(local?.chat(chat('Explain.'), OPTIONS, signal));
  const claude = new ClaudeProvider({ baseURL: CLAUDE, apiKey: async () => 'sk-ant-test' });
  await collect(claude.cloud('claude-haiku-5-5').chat(cloudChat('Explain.'), OPTIONS, signal));
  console.log('answered');
})();
`;

let ollama: OllamaServer;
let claude: ClaudeServer;
let folder: string;
beforeEach(async () => {
  [ollama, claude] = await Promise.all([startOllamaServer(), startClaudeServer()]);
  folder = await mkdtemp(join(tmpdir(), 'switchyard-exit-'));
});
afterEach(async () => {
  await Promise.all([ollama.close(), claude.close(), rm(folder, { recursive: true })]);
});

it('a process that has made its calls ends by itself: no idle connection and no timer holds it', async () => {
  const outfile = join(folder, 'calls.cjs');
  await writeFile(join(folder, 'package.json'), '{}');
  const stdin = { contents: SCRIPT, resolveDir: process.cwd(), loader: 'ts' as const };
  await build({ stdin, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'silent' });
  const env = { ...process.env, OLLAMA: ollama.url, CLAUDE: claude.url };
  // The test's own limit is what a process that hangs runs into.
  const { stdout } = await promisify(execFile)(process.execPath, [outfile], { env });
  expect(stdout.trim()).toBe('answered');
}, 20_000);
