import type { OllamaProvider } from '../../models/ollama/provider';
import type { EngineLook, LocalEngine } from './local-engine';

const OLLAMA = { provider: 'ollama', name: 'Ollama' } as const;

export const ollamaEngine = (ollama: OllamaProvider): LocalEngine => ({
  ...OLLAMA,
  look: () => look(ollama),
  local: (id) => ollama.local(id),
  warm: (id) => ollama.warm(id),
});

async function look(ollama: OllamaProvider): Promise<EngineLook> {
  const state = await ollama.probe();
  if (state.kind !== 'ready') return { ...OLLAMA, state, installed: [] };
  const name = state.version === undefined ? OLLAMA.name : `${OLLAMA.name} ${state.version}`;
  try {
    return { ...OLLAMA, name, state, installed: await ollama.list() };
  } catch {
    const reason = 'Ollama does not list its models.';
    return { ...OLLAMA, name, state: { kind: 'down', reason }, installed: [] };
  }
}
